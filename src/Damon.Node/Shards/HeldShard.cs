using System.Collections.Immutable;
using System.Diagnostics;
using Damon.Node.Results;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>
/// A shard that this node holds: its members in memory, at the end of some window, and what they brought about since the last
/// commit. Computed by one thread at a time.
/// </summary>
internal sealed class HeldShard
{
    private readonly ShardMap _map;
    private readonly List<WindowDigest> _digests = [];
    private readonly List<long> _applied = [];
    private readonly ShardResults _results;
    private List<FleetMail>? _sent;

    public HeldShard(ShardMap map, ShardLease lease, ImmutableArray<FleetMember> members, Window done, ShardDigest digest, Window final)
    {
        _map = map;
        Lease = lease;
        Members = members;
        (Done, Committed, Digest) = (done, done, digest);
        _results = new ShardResults(members, done, final);
    }

    /// <summary>The hold; every commit carries its epoch.</summary>
    public ShardLease Lease { get; }

    /// <summary>The shard.</summary>
    public ShardId Id => Lease.Shard;

    /// <summary>Its members, by their index in the fleet.</summary>
    public ImmutableArray<FleetMember> Members { get; }

    /// <summary>The window that it has computed last.</summary>
    public Window Done { get; private set; }

    /// <summary>The window that is committed.</summary>
    public Window Committed { get; private set; }

    /// <summary>The digest of all its windows up to <see cref="Done"/>.</summary>
    public ShardDigest Digest { get; private set; }

    /// <summary>How many committed windows were computed once more to bring it to memory.</summary>
    public long Recomputed { get; set; }

    /// <summary>When the next checkpoint is due.</summary>
    public CheckpointPace Pace { get; } = new();

    /// <summary>What it sent in the window that it has computed last; null: somebody else computed that.</summary>
    public IReadOnlyList<FleetMail>? Sent => _sent;

    /// <summary>Computes the next window.</summary>
    public void RunWindow(WindowInput input)
    {
        long begin = Stopwatch.GetTimestamp();
        List<FleetMail> sent = [];
        long window = Windows.OfFleet(Done.Next);
        foreach (FleetMember member in Members) RunMember(member, window, input, sent);
        Done = Done.Next;
        _sent = sent;
        Digest = Digest.After(Done, sent, Members);
        _digests.Add(new WindowDigest(Done, Digest.Value));
        Pace.Worked(Stopwatch.GetElapsedTime(begin));
    }

    /// <summary>All since the last commit, as the store takes it.</summary>
    /// <param name="withCheckpoint">Whether the state goes with it.</param>
    public ShardCommit ToCommit(bool withCheckpoint) => new()
    {
        Shard = Id,
        Epoch = Lease.Epoch,
        From = Committed,
        To = Done,
        Digests = [.. _digests],
        Mail = _sent is null || Done == Committed ? [] : _map.Pack(_sent),
        Results = _results.Chunks(Done),
        Applied = [.. _applied.Distinct().Order()],
        Checkpoint = withCheckpoint ? Pace.Time(() => ShardCheckpoint.Write(this)) : null,
    };

    /// <summary>What <see cref="ToCommit"/> gave is committed, or was committed before by somebody else.</summary>
    public void MarkCommitted()
    {
        Committed = Done;
        _digests.Clear();
        _results.Clear(Done);
        _applied.Clear();
    }

    private void RunMember(FleetMember member, long window, WindowInput input, List<FleetMail> sent)
    {
        FleetMail[] inbox = [.. input.Mail[member.Index]];
        List<MemberCommand> commands = [];
        foreach (LoggedCommand logged in input.Commands)
        {
            if (!logged.Commands.TryGetValue(member.Index, out MemberCommand? command)) continue;
            commands.Add(command);
            _applied.Add(logged.Sequence);
        }

        sent.AddRange(member.RunWindow(window, inbox, commands));
    }
}
