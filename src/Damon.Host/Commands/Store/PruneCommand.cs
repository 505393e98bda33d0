using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon prune RUN...</c>, <c>damon prune --keep N</c>: removes runs that are over, with all that is stored of them.</summary>
internal static class PruneCommand
{
    private const int MostKept = 1_000_000;

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("prune", words, StoreOption.Option, new Option("--keep", "a number"));
        if (arguments.Others.Count == 0 == !arguments.Has("--keep")) throw arguments.Refuse("needs the numbers of runs, or --keep with how many of the newest stay");
        return StoreOption.With(arguments, store =>
        {
            IEnumerable<Damon.Store.Runs.Run> runs = arguments.Has("--keep")
                ? store.ListRunsAsync().GetAwaiter().GetResult().Skip(arguments.Number("--keep", 0, 0, MostKept)).Where(run => run.State.IsOver())
                : arguments.Others.Select(word => StoreOption.Find(arguments, store, word)).ToArray();
            foreach (Damon.Store.Runs.Run run in runs)
            {
                if (!store.PruneAsync(run.Id).GetAwaiter().GetResult())
                    throw arguments.Refuse($"run {run.Id} is {Output.Words.State(run.State)}, allowed: one that is over; damon stop {run.Id} stops it");
                Console.Out.WriteLine($"run {run.Id} is removed");
            }

            return ExitCode.Ok;
        });
    }
}
