using System.Runtime.CompilerServices;

namespace Damon.Model.Monitoring;

/// <summary>
/// The weights of a context's probes by slot, and what they turn a region's hits into (section 14).
/// </summary>
public readonly record struct ProbeWeights
{
    private readonly uint _weight0;
    private readonly uint _weight1;
    private readonly uint _weight2;
    private readonly uint _weight3;

    /// <summary>The weights of the installed probes in slot order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more weights than slots.</exception>
    public ProbeWeights(params ReadOnlySpan<uint> weights)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weights.Length, Monitoring.ProbeHits.Slots, nameof(weights));
        Installed = weights.Length;
        _weight0 = weights.Length > 0 ? weights[0] : 0;
        _weight1 = weights.Length > 1 ? weights[1] : 0;
        _weight2 = weights.Length > 2 ? weights[2] : 0;
        _weight3 = weights.Length > 3 ? weights[3] : 0;
    }

    /// <summary>No probes.</summary>
    public static ProbeWeights None => default;

    /// <summary>How many probes are installed; they have the first slots.</summary>
    public int Installed { get; }

    /// <summary>Whether regions are told apart by probe hits and no longer by accesses.</summary>
    public bool AttributesOnly => (_weight0 | _weight1 | _weight2 | _weight3) != 0;

    /// <summary>The weights of a context's probes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more probes than slots.</exception>
    public static ProbeWeights Of(IReadOnlyList<Probe> probes)
    {
        uint[] weights = new uint[probes.Count];
        for (int slot = 0; slot < weights.Length; slot++) weights[slot] = probes[slot].Weight;
        return new ProbeWeights(weights);
    }

    /// <summary>Hits of all slots together, each by its weight; wraps in 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint WeightedSum(ProbeHits hits) =>
        (hits.Get(0) * _weight0) + (hits.Get(1) * _weight1) + (hits.Get(2) * _weight2) + (hits.Get(3) * _weight3);

    /// <summary>
    /// Why counters and sums could overflow with these weights, in one sentence, or null. Looked at when a
    /// kdamond starts and at a commit, and only matters when a weight is set.
    /// </summary>
    public string? Validate(MonitoringAttributes attributes)
    {
        if (!AttributesOnly) return null;

        ulong samples = attributes.SamplesIn(attributes.AggregationUs);
        if (samples > byte.MaxValue)
            return $"an aggregation has {samples} samples; with weighted probes it may have at most {byte.MaxValue}";

        ulong highest = ((ulong)_weight0 + _weight1 + _weight2 + _weight3) * samples;
        return highest > uint.MaxValue
            ? $"the weighted sum of the probes' hits can be {highest}; it may be at most {uint.MaxValue}"
            : null;
    }
}
