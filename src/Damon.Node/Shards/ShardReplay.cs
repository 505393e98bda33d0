using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>Computes a shard's committed windows again and holds each against its logged digest.</summary>
/// <param name="context">The run.</param>
/// <param name="lease">The shard, and how far it was committed.</param>
/// <param name="from">The window after which it begins.</param>
/// <param name="logged">The digests that were logged.</param>
/// <param name="mail">The mail that the shard was sent.</param>
internal sealed class ShardReplay(
    RunContext context, ShardLease lease, Window from, IReadOnlyList<WindowDigest> logged, IReadOnlyList<Mail> mail)
{
    private readonly ILookup<Window, Mail> _mail = mail.ToLookup(packet => packet.Window);
    private readonly Dictionary<Window, Digest> _logged = logged.ToDictionary(entry => entry.Window, entry => entry.Digest);

    /// <summary>The shard at its committed window.</summary>
    /// <param name="begin">Makes the shard anew at the window where the replay begins.</param>
    /// <param name="ct">Ends it between two windows.</param>
    /// <exception cref="PartedException">It came to other bits.</exception>
    /// <exception cref="ShardException">The log is not whole.</exception>
    public HeldShard Run(Func<HeldShard> begin, CancellationToken ct)
    {
        if (!_logged.ContainsKey(lease.DoneWindow))
            throw new ShardException(lease.Shard, lease.DoneWindow, "its digest is not in the log");
        HeldShard shard = begin();
        if (shard.Done > lease.ResultsWindow)
            throw new ShardException(lease.Shard, lease.ResultsWindow.Next, $"its results are not stored, and the checkpoint of window {shard.Done} is behind them");
        while (shard.Done < lease.DoneWindow)
        {
            ct.ThrowIfCancellationRequested();
            shard.RunWindow(Input(shard.Done.Next));
            if (_logged.TryGetValue(shard.Done, out Digest digest) && digest != shard.Digest.Value) throw Parted(shard, digest, begin);
            if (shard.Done == lease.ResultsWindow) shard.MarkResultsStored();
        }

        // What these windows brought about is in the store already.
        shard.MarkStored();
        shard.Recomputed = lease.DoneWindow.Number - from.Number;
        return shard;
    }

    private WindowInput Input(Window window) => new(
        WindowInput.ByMember(_mail[new Window(window.Number - 1)].SelectMany(packet => MailCodec.Decode(packet.Bytes.Span))),
        context.Commands.At(window));

    /// <summary>The shard has parted from its log. Computing it once more tells whether it parts from itself, too.</summary>
    private PartedException Parted(HeldShard shard, Digest digest, Func<HeldShard> begin)
    {
        HeldShard again = begin();
        while (again.Done < shard.Done) again.RunWindow(Input(again.Done.Next));
        string members = string.Join(", ", shard.Members.Zip(again.Members)
            .Where(pair => pair.First.ResultsHash != pair.Second.ResultsHash)
            .Select(pair => pair.First.Name));
        string why = members.Length > 0
            ? $"computed twice here, these hosts differ from themselves: {members}"
            : $"computed twice here it is the same both times (hosts {string.Join(", ", shard.Members.Select(member => member.Name))}), so the code or the log has changed";
        return new PartedException(shard, digest, why);
    }
}
