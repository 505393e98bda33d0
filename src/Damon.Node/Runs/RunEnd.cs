using System.Collections.Immutable;
using System.Globalization;
using Damon.Node.Results;
using Damon.Node.Shards;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Runs;

/// <summary>Ends runs of which every window is computed: puts their digest together from what the shards stored with their last window.</summary>
/// <param name="store">The store.</param>
internal sealed class RunEnd(IRunStore store)
{
    /// <summary>Ends a run if it is computed to its end.</summary>
    /// <returns>Whether it is over now.</returns>
    public async Task<bool> TryAsync(RunContext context)
    {
        if (await store.FindRunAsync(context.Run.Id).ConfigureAwait(false) is not { State: RunState.Running } run || run.DoneWindow < run.FinalWindow)
            return false;
        return await store.FinishAsync(run.Id, await DigestAsync(context).ConfigureAwait(false), "").ConfigureAwait(false);
    }

    private async Task<Digest> DigestAsync(RunContext context)
    {
        MemberEnd?[] ends = new MemberEnd?[context.Fleet.Count];
        await foreach (ShardResult result in store.ReadResultsAsync(context.Run.Id, new ResultSelection(MemberEnd.Table)).ConfigureAwait(false))
        {
            foreach (MemberEnd end in MemberEnd.Read(result.Chunk)) ends[end.Member] = end;
        }

        ImmutableArray<MemberDigest> digests = [.. ends.Select((end, i) => end is { } known
            ? new MemberDigest(context.Fleet.Names[i], known.StateHash, known.ResultsHash)
            : throw new ShardException(
                new ShardId(context.Run.Id, context.Map.ShardOf(i)), context.Run.FinalWindow, $"the end of {context.Fleet.Names[i]} is not stored"))];
        return new Digest(ulong.Parse(FleetDigest.Of(digests), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
