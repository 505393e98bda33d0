using System.Diagnostics;
using System.Globalization;
using Damon.Store;
using Damon.Store.Nodes;

namespace Damon.Node.Local;

/// <summary>
/// Worker processes on this machine, supervised: one that dies is removed from the cluster at once, as it is known to be dead, and
/// started again.
/// </summary>
public sealed class WorkerProcesses : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(10);

    private readonly Func<string, ProcessStartInfo> _command;
    private readonly IRunStore _store;
    private readonly Process?[] _processes;
    private readonly PeriodicTimer _looking = new(s_look);
    private readonly Task _supervision;

    /// <summary>Starts the processes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="store">The cluster that they join.</param>
    /// <param name="command">The command of a worker by its name.</param>
    public WorkerProcesses(int count, IRunStore store, Func<string, ProcessStartInfo> command)
    {
        (_store, _command) = (store, command);
        _processes = new Process?[count];
        for (int i = 0; i < count; i++) _processes[i] = Start(i);
        _supervision = SuperviseAsync();
    }

    /// <summary>How often a worker was started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Stops the workers: each gives back its shards first.</summary>
    public async ValueTask DisposeAsync()
    {
        _looking.Dispose();
        await _supervision.ConfigureAwait(false);
        Terminate([.. _processes.OfType<Process>().Where(process => !process.HasExited)]);
        foreach (Process? process in _processes)
        {
            if (process is null) continue;
            using CancellationTokenSource patience = new(s_drain);
            try
            {
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }

            process.Dispose();
        }
    }

    private Process? Start(int index) =>
        Process.Start(_command(string.Create(CultureInfo.InvariantCulture, $"local-{Environment.ProcessId}-{index}")));

    private async Task SuperviseAsync()
    {
        while (await _looking.WaitForNextTickAsync().ConfigureAwait(false))
        {
            for (int i = 0; i < _processes.Length; i++)
            {
                if (_processes[i] is not { HasExited: true } dead) continue;
                await EvictAsync(dead.Id).ConfigureAwait(false);
                dead.Dispose();
                _processes[i] = Start(i);
                Restarts++;
            }
        }
    }

    private async Task EvictAsync(int processId)
    {
        try
        {
            string info = WorkerInfo.Of(processId);
            foreach (Damon.Store.Nodes.Node node in await _store.ListNodesAsync().ConfigureAwait(false))
            {
                if (node.Info == info) await _store.EvictAsync(node.Incarnation).ConfigureAwait(false);
            }
        }
        catch (StoreException)
        {
            // The lease runs out by itself.
        }
    }

    private static void Terminate(IReadOnlyList<Process> processes)
    {
        if (processes.Count == 0) return;
        using Process? kill = Process.Start("kill", ["-TERM", .. processes.Select(process => process.Id.ToString(CultureInfo.InvariantCulture))]);
        kill?.WaitForExit();
    }
}
