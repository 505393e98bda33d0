using Damon.Node.Results;
using Damon.Scenarios.Results;
using Damon.Store;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon compare RUN RUN</c>: whether two runs are the same to the bit, and if not, in which window and shard they part.</summary>
internal static class CompareCommand
{
    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("compare", words, StoreOption.Option);
        if (arguments.Others.Count != 2) throw arguments.Refuse($"needs two runs, found {arguments.Others.Count}");
        return StoreOption.With(arguments, store =>
        {
            Damon.Store.Runs.Run left = StoreOption.Find(arguments, store, arguments.Others[0]);
            Damon.Store.Runs.Run right = StoreOption.Find(arguments, store, arguments.Others[1]);
            return CompareAsync(store, left, right).GetAwaiter().GetResult() ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static async Task<bool> CompareAsync(IRunStore store, Damon.Store.Runs.Run left, Damon.Store.Runs.Run right)
    {
        string inputs = left.ConfigHash == right.ConfigHash ? "the same scenario and seed" : "another scenario or seed";
        Console.Out.WriteLine($"runs {left.Id} and {right.Id}: {inputs}, {(left.LastCommand + right.LastCommand == 0 ? "no commands" : $"{left.LastCommand} and {right.LastCommand} commands")}");
        if (left.Digest is not null && left.Digest == right.Digest)
        {
            Console.Out.WriteLine($"equal to the bit: digest {left.Digest}");
            return true;
        }

        if (left.Shards == right.Shards && left.WindowNanoseconds == right.WindowNanoseconds
            && await FirstPartedAsync(store, left, right).ConfigureAwait(false) is { } parted)
        {
            double at = parted.Window.Number * (left.WindowNanoseconds / 1e9);
            Console.Out.WriteLine(FormattableString.Invariant($"they part in shard {parted.Shard} by window {parted.Window} (virtual time {at:0.###} s)"));
        }

        RunReport one = (await StoredRun.ReadAsync(store, left.Id).ConfigureAwait(false)).Report;
        RunReport other = (await StoredRun.ReadAsync(store, right.Id).ConfigureAwait(false)).Report;
        foreach (string line in ReportDifference.Lines(one, other)) Console.Out.WriteLine(line);
        return false;
    }

    /// <summary>The first window by whose digest a shard of one run differs from that of the other.</summary>
    private static async Task<(int Shard, Window Window)?> FirstPartedAsync(IRunStore store, Damon.Store.Runs.Run left, Damon.Store.Runs.Run right)
    {
        (int Shard, Window Window)? first = null;
        for (int i = 0; i < left.Shards; i++)
        {
            IReadOnlyList<WindowDigest> one = await store.ReadDigestsAsync(new ShardId(left.Id, i), Window.None).ConfigureAwait(false);
            Dictionary<Window, Digest> other = (await store.ReadDigestsAsync(new ShardId(right.Id, i), Window.None).ConfigureAwait(false))
                .ToDictionary(entry => entry.Window, entry => entry.Digest);
            foreach (WindowDigest entry in one)
            {
                if (first is { } earlier && entry.Window >= earlier.Window) break;
                if (other.TryGetValue(entry.Window, out Digest digest) && digest != entry.Digest) first = (i, entry.Window);
            }
        }

        return first;
    }
}
