using System.Collections.Immutable;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>
/// Brings a claimed shard to memory: its newest checkpoint, and the windows after it computed again from logged mail and commands.
/// Each of them must come to the digest that was logged, so every takeover is an audit of determinism.
/// </summary>
/// <param name="store">Where the shard is kept.</param>
internal sealed class ShardLoader(IRunStore store)
{
    /// <summary>Loads a shard.</summary>
    /// <exception cref="ShardException">It does not come to the same bits again, or what is stored cannot be read.</exception>
    public async Task<HeldShard> LoadAsync(RunContext context, ShardLease lease, CancellationToken ct)
    {
        Checkpoint? checkpoint = lease.DoneWindow == Window.None
            ? null
            : await store.FindCheckpointAsync(lease.Shard, lease.DoneWindow, ct).ConfigureAwait(false);
        Window from = checkpoint?.Window ?? Window.None;
        if (from == lease.DoneWindow) return Begin(context, lease, checkpoint);

        IReadOnlyList<WindowDigest> logged = await store.ReadDigestsAsync(lease.Shard, from, ct).ConfigureAwait(false);
        IReadOnlyList<Mail> mail = await store.ReadMailAsync(
            lease.Shard.Run, from, new Window(lease.DoneWindow.Number - 1), [lease.Shard.Index], ct).ConfigureAwait(false);
        await context.Commands.CatchUpAsync(ct).ConfigureAwait(false);
        ShardReplay replay = new(context, lease, from, logged, mail);
        try
        {
            return await Task.Run(() => replay.Run(() => Begin(context, lease, checkpoint), ct), ct).ConfigureAwait(false);
        }
        catch (PartedException parted)
        {
            throw await new Parting(store, context, from).ExplainAsync(parted, ct).ConfigureAwait(false);
        }
    }

    private static HeldShard Begin(RunContext context, ShardLease lease, Checkpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            ImmutableArray<FleetMember> fresh = [.. context.Map.MembersOf(lease.Shard.Index).Select(context.Fleet.Member)];
            return new HeldShard(context, lease, fresh, Window.None, default);
        }

        (ImmutableArray<FleetMember> members, ShardDigest digest) = ShardCheckpoint.Read(context, lease.Shard, checkpoint);
        return new HeldShard(context, lease, members, checkpoint.Window, digest);
    }
}
