using Damon.Node.Results;
using Damon.Node.Shards;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Node.Runs;

/// <summary>What a process knows of a run once it has read it: the same for everybody, as it all follows from the stored bundle.</summary>
internal sealed class RunContext
{
    // Who reads a run again, as for its report, need not read the scenario again while it is in use.
    private static LastRead? s_last;

    private RunContext(IRunStore store, Run run, Fleet fleet)
    {
        (Run, Fleet, Map) = (run, fleet, new ShardMap(fleet));
        Commands = new CommandLog(store, run.Id, fleet);
    }

    /// <summary>The run as it was when it was read: what does not change of it.</summary>
    public Run Run { get; }

    /// <summary>Its members and windows.</summary>
    public Fleet Fleet { get; }

    /// <summary>Who is in which shard.</summary>
    public ShardMap Map { get; }

    /// <summary>Its commands from outside, as far as they were read.</summary>
    public CommandLog Commands { get; }

    /// <summary>Where results go beside the store; null: nowhere.</summary>
    public OwnResults? Own { get; init; }

    /// <summary>Reads a run from its store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The run.</param>
    /// <param name="own">Where results go beside the store; null: nowhere.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="RunUnfitException">It cannot be computed by this process.</exception>
    public static async Task<RunContext> ReadAsync(IRunStore store, RunId id, OwnResults? own, CancellationToken ct)
    {
        Run run = await store.FindRunAsync(id, ct).ConfigureAwait(false) ?? throw Missing(id);
        ReadOnlyMemory<byte> bytes = await store.ReadScenarioAsync(id, ct).ConfigureAwait(false)
            ?? throw Missing(id);
        try
        {
            ScenarioBundle bundle = ScenarioBundle.FromBytes(bytes.Span);
            if (bundle.Hash != run.ConfigHash) throw new RunUnfitException($"run {id}: its scenario has the hash {bundle.Hash}, submitted was {run.ConfigHash}");
            RunContext context = new(store, run, new Fleet(ScenarioOf(bundle))) { Own = own };
            if (context.Map.Count != run.Shards || context.Fleet.WindowCount != run.FinalWindow.Number)
                throw new RunUnfitException($"run {id}: this version of the code deals it to {context.Map.Count} shards, submitted were {run.Shards}");
            return context;
        }
        catch (Exception unreadable) when (unreadable is BundleException or Hocon.HoconException)
        {
            throw new RunUnfitException($"run {id}: {unreadable.Message}");
        }
    }

    private static Scenario ScenarioOf(ScenarioBundle bundle)
    {
        if (Volatile.Read(ref s_last) is { } last && last.Hash == bundle.Hash && last.Scenario.TryGetTarget(out Scenario? scenario)) return scenario;
        scenario = bundle.Read();
        Remember(bundle, scenario);
        return scenario;
    }

    /// <summary>Who submits a run has read its scenario, and often goes on to compute it.</summary>
    public static void Remember(ScenarioBundle bundle, Scenario scenario) =>
        Volatile.Write(ref s_last, new LastRead(bundle.Hash, new WeakReference<Scenario>(scenario)));

    private sealed record LastRead(string Hash, WeakReference<Scenario> Scenario);

    private static RunUnfitException Missing(RunId id) => new($"there is no run {id}") { IsMissing = true };
}

/// <summary>A run that this process cannot compute; the message is one sentence.</summary>
public sealed class RunUnfitException(string message) : Exception(message)
{
    /// <summary>Whether the store has no such run.</summary>
    public bool IsMissing { get; init; }
}
