using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Node;

/// <summary>Puts runs into a store.</summary>
public static class Submission
{
    /// <summary>Submits a run: from then on any worker of this code's version computes it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bundle">The scenario with its files.</param>
    /// <param name="scenario">The scenario that the bundle reads to.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The run; it is durable.</returns>
    public static Task<RunId> SubmitAsync(IRunStore store, ScenarioBundle bundle, Scenario scenario, CancellationToken ct = default)
    {
        Fleet fleet = new(scenario);
        RunContext.Remember(bundle, scenario);
        return store.SubmitAsync(
            new RunSubmission
            {
                Name = scenario.Run.Name,
                Scenario = bundle.Bytes,
                Seed = scenario.Run.Seed,
                ConfigHash = bundle.Hash,
                Code = CodeVersion.Current,
                Shards = new ShardMap(fleet).Count,
                FinalWindow = new Window(fleet.WindowCount),
                WindowNanoseconds = checked((long)fleet.WindowUs * 1_000),
                Coupled = fleet.IsCoupled,
            },
            ct);
    }
}
