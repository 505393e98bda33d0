using System.Diagnostics;
using Damon.Host.Output;
using Damon.Node;
using Damon.Node.Local;
using Damon.Node.Results;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Host.Commands.Store;

/// <summary>Computes runs that are kept in a store, or follows them, and prints what came of them.</summary>
internal static class KeptRun
{
    private const int MostNodes = 64;
    private const int MostThreads = 1_024;

    /// <summary>The options beside those of the output.</summary>
    public static readonly Option[] Options = [StoreOption.Option, new("--threads", "a number"), new("--nodes", "a number")];

    /// <summary>How many threads compute.</summary>
    public static int Threads(Arguments arguments) => arguments.Number("--threads", Environment.ProcessorCount, 1, MostThreads);

    /// <summary>How many worker processes are started.</summary>
    private static int Nodes(Arguments arguments) => arguments.Number("--nodes", 0, 0, MostNodes);

    /// <summary>Submits a scenario and computes it. What the options say is looked at before anything is kept.</summary>
    public static int Submit(
        Arguments arguments, StoreAddress address, ScenarioBundle bundle, Scenario scenario, RunOutput output, CancellationToken stop)
    {
        Threads(arguments);
        Nodes(arguments);
        IRunStore store = StoreOption.Open(arguments, address);
        try
        {
            RunId id = Submission.SubmitAsync(store, bundle, scenario, CancellationToken.None).GetAwaiter().GetResult();
            Note($"this is run {id} of {address}");
            return Compute(arguments, address, store, id, output, stop);
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Computes a run that is in the store.</summary>
    public static int Compute(
        Arguments arguments, StoreAddress address, IRunStore store, RunId id, RunOutput output, CancellationToken stop)
    {
        int nodes = Nodes(arguments);
        bool isOurs = address.Kind == StoreKind.Sqlite && nodes == 0;
        using RunProgressLine line = new(id);
        LocalRun local = new(store, id) { Progress = line.Show, Note = Note };
        (Damon.Store.Runs.Run run, Task<StoredRun>? reading) = isOurs
            ? (local.WithThreadsAsync(Threads(arguments), stop).GetAwaiter().GetResult(), null)
            : FollowAsync(arguments, address, store, local, nodes, stop).GetAwaiter().GetResult();
        line.Dispose();
        if (run.State == RunState.Failed)
        {
            Console.Error.WriteLine($"damon: run {id} failed: {run.Result}");
            return ExitCode.Failed;
        }

        if (!run.State.IsOver())
        {
            string on = isOurs || nodes > 0 ? "" : ", other nodes go on with it";
            Console.Error.WriteLine($"damon: run {id} stands at {RunsCommand.Reached(run)}{on}; 'damon resume {id}' follows it to its end");
        }
        else if (run.State == RunState.Stopped)
        {
            Console.Error.WriteLine($"damon: run {id} was stopped at {RunsCommand.Reached(run)}; 'damon resume {id}' goes on");
        }

        StoredRun stored = (reading ?? ReadAsync(store, local)).GetAwaiter().GetResult();
        int code = output.Write(stored.Report);
        return run.State == RunState.Finished ? code : ExitCode.Interrupted;
    }

    /// <summary>Follows a run to its end, computed by workers elsewhere or by processes of its own.</summary>
    /// <returns>The run, and its report if that is being read already.</returns>
    private static async Task<(Damon.Store.Runs.Run Run, Task<StoredRun>? Reading)> FollowAsync(
        Arguments arguments, StoreAddress address, IRunStore store, LocalRun local, int nodes, CancellationToken stop)
    {
        if (nodes == 0) return (await local.FollowAsync(stop).ConfigureAwait(false), null);
        await WorkerInfo.EvictDeadAsync(store, CancellationToken.None).ConfigureAwait(false);
        Damon.Store.Runs.Run? run = await store.FindRunAsync(local.Run, CancellationToken.None).ConfigureAwait(false);
        int share = ((run?.Shards ?? 1) + nodes - 1) / nodes;
        WorkerProcesses workers = new(nodes, store, name => Worker(name, address, share, Math.Max(1, Threads(arguments) / nodes)));
        await using (workers.ConfigureAwait(false))
        {
            Damon.Store.Runs.Run followed = await local.FollowAsync(stop).ConfigureAwait(false);
            // While the workers end.
            return (followed, followed.State == RunState.Finished ? ReadAsync(store, local) : null);
        }
    }

    private static Task<StoredRun> ReadAsync(IRunStore store, LocalRun local) =>
        Task.Run(() => StoredRun.ReadAsync(store, local.Run, local.Results, CancellationToken.None));

    /// <summary>The command of a worker process; the store goes by its environment, as command lines can be read by others.</summary>
    private static ProcessStartInfo Worker(string name, StoreAddress address, int share, int threads)
    {
        ProcessStartInfo info = new(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "damon.dll"));
        foreach (string word in (string[])["node", "--quiet", "--name", name, "--first-claim", Word(share), "--threads", Word(threads)])
            info.ArgumentList.Add(word);
        info.Environment[StoreAddress.Variable] = address.Value;
        // A worker with one thread has nobody whom its garbage collection keeps waiting, but others beside it that need the memory's bandwidth.
        if (threads == 1) info.Environment["DOTNET_gcServer"] = "0";
        return info;
    }

    private static string Word(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Note(string line) => Console.Error.WriteLine($"damon: note: {line}");
}
