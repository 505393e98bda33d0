using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Scenarios;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Columns;
using Damon.Store;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Results;

/// <summary>A kept run with all that its hosts have reported so far.</summary>
/// <param name="Run">The run.</param>
/// <param name="Report">What it has come to.</param>
public sealed record StoredRun(Run Run, RunReport Report)
{
    /// <summary>Reads a run from its store.</summary>
    /// <exception cref="RunUnfitException">There is no such run, or its scenario cannot be read.</exception>
    /// <exception cref="ShardException">Some results are damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<StoredRun> ReadAsync(IRunStore store, RunId id, CancellationToken ct = default)
    {
        RunContext context = await RunContext.ReadAsync(store, id, ct).ConfigureAwait(false);
        Scenario scenario = context.Fleet.Scenario;
        OutcomeBuilder outcomes = new(scenario);
        await foreach (ShardResult result in store.ReadResultsAsync(id, null, ct).ConfigureAwait(false)) Take(id, result, outcomes);
        return new StoredRun(context.Run, RunReport.Of(scenario, outcomes.Build()) with
        {
            Digest = context.Run.Digest?.ToString(),
            Courses = outcomes.Courses(),
        });
    }

    private static void Take(RunId run, ShardResult result, OutcomeBuilder outcomes)
    {
        try
        {
            if (result.Chunk.Table == ReadingChunk.Table) outcomes.AddReadings(result.Chunk.Bytes.Span);
            else if (result.Chunk.Table == FleetChunk.Table) outcomes.AddFleet(result.Chunk.Bytes.Span);
            else if (result.Chunk.Table == EndingChunk.Table) outcomes.AddEndings(result.Chunk.Bytes.Span);
        }
        catch (ChunkException broken)
        {
            throw new ShardException(new ShardId(run, result.Shard), result.Chunk.First, broken.Message);
        }
    }
}
