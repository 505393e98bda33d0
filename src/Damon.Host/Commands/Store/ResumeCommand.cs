using Damon.Node;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon resume RUN</c>: goes on with a run that was stopped in whatever way, to the same bits.</summary>
internal static class ResumeCommand
{
    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("resume", words, [.. RunOutput.Options, .. KeptRun.Options]);
        string word = arguments.Only("RUN");
        using Interruption interruption = new();
        return StoreOption.With(arguments, store =>
        {
            Damon.Store.Runs.Run run = StoreOption.Find(arguments, store, word);
            if (run.State is RunState.Finished or RunState.Failed)
                throw arguments.Refuse($"run {run.Id} is {Output.Words.State(run.State)}, allowed: one that is not; damon show {run.Id} prints what came of it");
            if (run.Code != CodeVersion.Current)
                throw arguments.Refuse($"run {run.Id} was begun by another version of the code ({run.Code}, this is {CodeVersion.Current}), which would compute other bits");
            RunOutput output = new(arguments);
            if (run.State != RunState.Running) store.ChangeStateAsync(run.Id, RunState.Running).GetAwaiter().GetResult();
            return KeptRun.Compute(arguments, StoreAddress.Read(arguments.Value("--store")), store, run.Id, output, interruption.Token);
        });
    }
}
