using System.Diagnostics;
using System.Globalization;
using Damon.Chaos.Tests.Faults;
using Damon.Node;
using Damon.Node.Results;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Commands;
using Damon.Store.Postgres;
using Damon.Store.Runs;
using Xunit.Abstractions;

namespace Damon.Chaos.Tests;

/// <summary>
/// Whatever happens to workers, network, disk and database, a run comes to the bits of an undisturbed one, and every acknowledged
/// command is in it once, at its time.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    // Disturbed over and over again instead of the fleet of these tests.
    private static readonly string? s_scenario = Environment.GetEnvironmentVariable("DAMON_CHAOS_SCENARIO");

    [Fact]
    public Task Each_kind_of_fault_once() => RunAsync(Enum.GetValues<FaultKind>().Length, Number("DAMON_CHAOS_SEED", 1), 3);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Faults_by_the_hundred() => RunAsync(
        Number("DAMON_CHAOS_FAULTS", 200), Number("DAMON_CHAOS_SEED", (int)(Stopwatch.GetTimestamp() % 1_000_000)), Number("DAMON_CHAOS_WORKERS", 4));

    private async Task RunAsync(int faults, int seed, int workers)
    {
        Tell($"{faults} faults, seed {seed}, {workers} workers");
        Random random = new(seed);
        Dictionary<FaultKind, int> came = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, _ => 0);
        await using ChaosCluster cluster = await ChaosCluster.StartAsync(workers, random);
        await using IRunStore store = await PostgresStore.OpenAsync(cluster.Store, new StoreOptions { Patience = TimeSpan.FromSeconds(5) });
        Queue<FaultKind> due = Deal(faults, random);
        ulong runSeed = (ulong)seed;
        while (due.Count > 0) await RunOneAsync(cluster, store, due, came, runSeed++, random);
        foreach ((FaultKind kind, int times) in came) Tell($"{kind}: {times}");
        Assert.All(came, pair => Assert.True(pair.Value > 0, $"{pair.Key} never came to pass"));
    }

    /// <summary>The kinds in turn, each turn shuffled.</summary>
    private static Queue<FaultKind> Deal(int faults, Random random)
    {
        Queue<FaultKind> dealt = new();
        while (dealt.Count < faults)
        {
            FaultKind[] kinds = Enum.GetValues<FaultKind>();
            random.Shuffle(kinds);
            foreach (FaultKind kind in kinds) dealt.Enqueue(kind);
        }

        return dealt;
    }

    /// <summary>One run, disturbed until it is over.</summary>
    private async Task RunOneAsync(
        ChaosCluster cluster, IRunStore store, Queue<FaultKind> due, Dictionary<FaultKind, int> came, ulong seed, Random random)
    {
        // A scenario of the user's own comes to its own digest each time, so nobody sends it commands.
        (ScenarioBundle bundle, Scenario scenario) = s_scenario is { } file ? ScenarioBundle.Capture(file) : ChaosFleet.Read(seed);
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        CommandStream commands = new(store, id, new Random(random.Next()));
        using CancellationTokenSource over = new();
        Task sending = s_scenario is null ? Task.Run(() => commands.SendAsync(over.Token)) : Task.CompletedTask;
        Stopwatch watch = Stopwatch.StartNew();
        (Window Window, TimeSpan At) reached = (Window.None, TimeSpan.Zero);
        Run run;
        while (!(run = await FindAsync(store, id)).State.IsOver())
        {
            // Struck all the time it is slow, but it must never stand still.
            if (run.DoneWindow > reached.Window) reached = (run.DoneWindow, watch.Elapsed);
            Assert.True(watch.Elapsed - reached.At < s_patience, $"run {id} stands at window {run.DoneWindow} of {run.FinalWindow}");
            if (due.Count > 0 && run.DoneWindow < new Window(run.FinalWindow.Number * 3 / 4)) await StrikeAsync(cluster, due, came);
            else await Task.Delay(100);
            cluster.Refill();
        }

        await over.CancelAsync();
        await sending;
        Assert.True(run.State == RunState.Finished, run.Result);
        Tell(string.Create(
            CultureInfo.InvariantCulture, $"run {id}, seed {seed}: {watch.Elapsed.TotalSeconds:0} s, {run.LastCommand} commands, digest {run.Digest}"));
        await CheckAsync(store, run, scenario, commands);
    }

    private async Task StrikeAsync(ChaosCluster cluster, Queue<FaultKind> due, Dictionary<FaultKind, int> came)
    {
        FaultKind kind = due.Dequeue();
        Stopwatch watch = Stopwatch.StartNew();
        bool hasCome = await cluster.StrikeAsync(kind);
        if (hasCome) came[kind]++;
        else if (came[kind] == 0 && !due.Contains(kind)) due.Enqueue(kind);
        Tell(string.Create(
            CultureInfo.InvariantCulture, $"{kind} {(hasCome ? "came to pass" : "did not come to pass")} in {watch.Elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>Tells what happens in the test's output, which is printed when it has ended, and at once in chaos.log beside the tests.</summary>
    private void Tell(string line)
    {
        output.WriteLine(line);
        File.AppendAllText(Path.Combine(AppContext.BaseDirectory, "chaos.log"), $"{DateTime.UtcNow:HH:mm:ss} {line}\n");
    }

    private static async Task CheckAsync(IRunStore store, Run run, Scenario scenario, CommandStream commands)
    {
        List<Command> log = await Tolerant(() => ToListAsync(store.ReadCommandsAsync(run.Id)));
        // Acknowledged means logged, at the time that was said.
        Dictionary<long, Command> bySequence = log.ToDictionary(command => command.Sequence);
        foreach ((long sequence, CommandStream.Sent sent) in commands.Acknowledged)
        {
            Command logged = bySequence[sequence];
            Assert.Equal([sent.Host], logged.Hosts);
            Assert.Equal(sent.Command, System.Text.Encoding.UTF8.GetString(logged.Payload.Span));
            Assert.Equal(sent.AppliesAtNs, (logged.Effective.Number - 1) * run.WindowNanoseconds);
        }

        // Logged means applied once, in the window that was said.
        List<AppliedCommand> applied = await Tolerant(() => ToListAsync(store.ReadAppliedAsync(run.Id)));
        Assert.Equal(log.Select(command => command.Sequence), applied.Select(one => one.Sequence).Order());

        // The same bits as undisturbed.
        Fleet fleet = new(scenario);
        CommandReader reader = new(fleet);
        MemberCommand[] told = [.. log.Select(command =>
            reader.Read(command.Hosts[0], System.Text.Encoding.UTF8.GetString(command.Payload.Span)) with { Window = command.Effective.Number - 1 })];
        FleetOutcome undisturbed = new FleetRun(fleet).Run(commands: told);
        Assert.Equal(undisturbed.Digest, run.Digest.ToString());

        // No result row is lost or doubled.
        StoredRun stored = await Tolerant(() => StoredRun.ReadAsync(store, run.Id));
        Assert.Equal(
            undisturbed.Hosts.Select(host => host.Samples.Select(sample => sample.AtUs)),
            stored.Report.Hosts.Select(host => host.Outcome.Samples.Select(sample => sample.AtUs)));
    }

    private static Task<Run> FindAsync(IRunStore store, RunId id) => Tolerant(async () => (await store.FindRunAsync(id))!);

    /// <summary>Asks until the store answers.</summary>
    private static async Task<T> Tolerant<T>(Func<Task<T>> ask)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreException error) when (error.Fault == StoreFault.Unavailable && watch.Elapsed < s_patience)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items) all.Add(item);
        return all;
    }

    private static int Number(string variable, int unless) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : unless;
}
