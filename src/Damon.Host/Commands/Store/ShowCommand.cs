using Damon.Node.Results;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon show RUN</c> and <c>damon export RUN --csv DIR</c>: what a kept run has come to so far, computed or not to its end.</summary>
internal static class ShowCommand
{
    public static int Show(ReadOnlySpan<string> words) => Run(new Arguments("show", words, [.. RunOutput.Options, StoreOption.Option]));

    public static int Export(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("export", words, [.. RunOutput.Options, StoreOption.Option]);
        if (!arguments.Has("--csv")) throw arguments.Refuse("needs --csv with a directory, found nothing");
        return Run(arguments);
    }

    private static int Run(Arguments arguments)
    {
        string word = arguments.Only("RUN");
        return StoreOption.With(arguments, store =>
        {
            Damon.Store.Runs.Run run = StoreOption.Find(arguments, store, word);
            RunOutput output = new(arguments);
            if (run.State != RunState.Finished)
            {
                string why = run.State == RunState.Failed ? $": {run.Result}" : "";
                Console.Error.WriteLine($"damon: note: run {run.Id} is {Output.Words.State(run.State)} at {RunsCommand.Reached(run)}{why}");
            }

            StoredRun stored = StoredRun.ReadAsync(store, run.Id).GetAwaiter().GetResult();
            int code = output.Write(stored.Report);
            return run.State == RunState.Failed ? ExitCode.Failed : code == ExitCode.Interrupted ? ExitCode.Ok : code;
        });
    }
}
