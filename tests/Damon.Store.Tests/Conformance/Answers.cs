using System.Text;
using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Tests.Conformance;

/// <summary>Answers as texts that can be compared: everything but what the clock and the database decide.</summary>
internal static class Answers
{
    public static string Text(Run? run) => run is null
        ? "none"
        : $"{run.Id} {run.Name} {run.Seed} {run.ConfigHash} {run.Code} {run.Shards} {run.FinalWindow} {run.WindowNanoseconds} {run.Coupled} "
          + $"{run.State} {run.OpenWindow} {run.DoneWindow} {run.LastCommand} {run.Ended is not null} {run.Digest} {run.Result}";

    public static string Text(Node node) => $"{node.Incarnation} {node.Name} {node.Code} {node.Capacity} {node.Info} {node.IsLive} {node.Held}";

    public static string Text(ShardLease lease) => $"{lease.Shard} {lease.Epoch} {lease.DoneWindow} {lease.ResultsWindow}";

    public static string Text(ShardEntry entry) =>
        $"{entry.Shard} {entry.Owner} {entry.Incarnation} {entry.Epoch} {entry.DoneWindow} {entry.ResultsWindow} {entry.CheckpointWindow} {entry.Digest}";

    public static string Text(Checkpoint? kept) => kept is null ? "none" : $"{kept.Window} {kept.Codec} {kept.Digest} {Text(kept.Bytes)}";

    public static string Text(Mail mail) => $"{mail.Window} {mail.Destination} {mail.Source} {Text(mail.Bytes)}";

    public static string Text(WindowDigest digest) => $"{digest.Window} {digest.Digest}";

    public static string Text(CommandReceipt receipt) => $"{receipt.Sequence} {receipt.Effective} {receipt.Refusal}";

    public static string Text(Command command) =>
        $"{command.Sequence} [{string.Join(',', command.Hosts)}] {command.Kind} {Text(command.Payload)} {command.Effective}";

    public static string Text(AppliedCommand applied) => $"{applied.Shard} {applied.Window} {applied.Sequence}";

    public static string Text(ShardResult result) =>
        $"{result.Shard} {result.Chunk.Table} {result.Chunk.First} {result.Chunk.Last} {result.Chunk.Digest} {Text(result.Chunk.Bytes)}";

    public static string Text(ReadOnlyMemory<byte>? bytes) => bytes is null ? "none" : Encoding.UTF8.GetString(bytes.Value.Span);

    public static string All<T>(IEnumerable<T> items, Func<T, string> text) => string.Join("; ", items.Select(text));

    public static async Task<string> All<T>(IAsyncEnumerable<T> items, Func<T, string> text)
    {
        List<T> all = [];
        await foreach (T one in items) all.Add(one);
        return All(all, text);
    }
}
