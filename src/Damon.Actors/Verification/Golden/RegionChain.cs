using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Golden;

/// <summary>The recordings' running FNV-1a-64 hash over all regions of a context.</summary>
internal sealed class RegionChain(bool withProbes)
{
    private const ulong Prime = 0x100000001b3;

    public ulong Value { get; private set; } = 0xcbf29ce484222325;

    public void Feed(IReadOnlyList<Target> targets)
    {
        ulong hash = Value;
        for (int target = 0; target < targets.Count; target++)
        {
            foreach (ref readonly Region region in targets[target].Regions.Span)
            {
                hash = Feed(hash, (ulong)target);
                hash = Feed(hash, region.Start);
                hash = Feed(hash, region.End);
                hash = Feed(hash, region.NrAccesses);
                hash = Feed(hash, region.LastNrAccesses);
                hash = Feed(hash, region.Age);
                if (withProbes) hash = Feed(Feed(hash, region.ProbeHits), region.LastProbeHits);
            }
        }

        Value = hash;
    }

    private static ulong Feed(ulong hash, ProbeHits hits)
    {
        for (int slot = 0; slot < ProbeHits.Slots; slot++) hash = Feed(hash, hits.Get(slot));
        return hash;
    }

    private static ulong Feed(ulong hash, ulong number)
    {
        for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ ((number >> shift) & 0xff)) * Prime;
        return hash;
    }
}
