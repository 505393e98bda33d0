using System.Collections.Immutable;
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
    private const int UnpackedTogether = 128;

    /// <summary>Reads a run from its store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The run.</param>
    /// <param name="own">What this process has computed of it; null: nothing.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="RunUnfitException">There is no such run, or its scenario cannot be read.</exception>
    /// <exception cref="ShardException">Some results are damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<StoredRun> ReadAsync(IRunStore store, RunId id, OwnResults? own = null, CancellationToken ct = default)
    {
        RunContext context = await RunContext.ReadAsync(store, id, null, ct).ConfigureAwait(false);
        if (own?.Report(context) is { } report) return new StoredRun(context.Run, report);
        OutcomeBuilder outcomes = new(context.Fleet.Scenario);
        await foreach (ShardResult[] some in store.ReadResultsAsync(id, null, ct).Chunk(UnpackedTogether).ConfigureAwait(false))
        {
            ImmutableArray<HostReadings>?[] unpacked = await Task.WhenAll(some.Select(result => Task.Run(() => Unpack(id, result), ct))).ConfigureAwait(false);
            for (int i = 0; i < some.Length; i++) Take(id, some[i], unpacked[i], outcomes);
        }

        return new StoredRun(context.Run, ReportOf(context, outcomes));
    }

    /// <summary>The report about a run, as far as it has come.</summary>
    internal static RunReport ReportOf(RunContext context, OutcomeBuilder outcomes) => RunReport.Of(context.Fleet.Scenario, outcomes.Build()) with
    {
        Digest = context.Run.Digest?.ToString(),
        Courses = outcomes.Courses(),
    };

    /// <summary>What can be done for many at a time; null: nothing.</summary>
    private static ImmutableArray<HostReadings>? Unpack(RunId run, ShardResult result) => result.Chunk.Table == ReadingChunk.Table
        ? Guard(run, result, () => ReadingChunk.Read(result.Chunk.Bytes.Span))
        : null;

    private static void Take(RunId run, ShardResult result, ImmutableArray<HostReadings>? unpacked, OutcomeBuilder outcomes) => Guard(run, result, () =>
    {
        if (unpacked is { } readings) outcomes.AddReadings(readings);
        else if (result.Chunk.Table == FleetChunk.Table) outcomes.AddFleet(result.Chunk.Bytes.Span);
        else if (result.Chunk.Table == EndingChunk.Table) outcomes.AddEndings(result.Chunk.Bytes.Span);
        return true;
    });

    private static T Guard<T>(RunId run, ShardResult result, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ChunkException broken)
        {
            throw new ShardException(new ShardId(run, result.Shard), result.Chunk.First, broken.Message);
        }
    }
}
