using Damon.Damo.Values;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>An access pattern that no region can have, or that every region has although it reads otherwise.</summary>
internal sealed class UnreachablePattern : ITrap
{
    public string Name => "unreachable access pattern";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        configuration.Schemes.SelectMany(scheme => new[] { Samples(scheme), Nothing(scheme), Age(scheme) }).OfType<Finding>();

    private Finding? Samples(ConfiguredScheme scheme)
    {
        ulong most = scheme.Context.MaxSamples;
        if (scheme.MinSamples > most)
        {
            return new Finding(
                Name,
                scheme.Place,
                $"it wants at least {scheme.MinSamples} samples with an access, but an aggregation has only {most}: it never acts",
                "an access is counted once a sampling interval, so aggregation interval / sampling interval is the most",
                $"a lowest access rate of {scheme.MinSamples} samples",
                "--damos_access_rate 100% 100%");
        }

        if (scheme.MinSamples <= scheme.MaxSamples) return null;
        bool wraps = scheme.Staged.AccessPattern.MaxNrAccesses > uint.MaxValue;
        return new Finding(
            Name,
            scheme.Place,
            $"the least count of samples, {scheme.MinSamples}, is above the highest, {scheme.MaxSamples}: it never acts",
            wraps
                ? $"'max' becomes {scheme.Staged.AccessPattern.MaxNrAccesses} samples with these intervals, and the kernel keeps the "
                    + "low 32 bits only"
                : "both bounds are inclusive and cut to whole samples",
            wraps ? "max" : "--damos_access_rate",
            wraps ? $"--damos_access_rate {Percent(scheme.MinSamples, most)}% 100%" : "a lowest rate that is not above the highest");
    }

    /// <summary>A rate above 0 of which 0 samples are left.</summary>
    private Finding? Nothing(ConfiguredScheme scheme)
    {
        if (scheme.Written?.AccessPattern.AccessRate is not { } rate || rate.Min <= Number.Zero || scheme.MinSamples > 0) return null;
        string written = $"{rate.Min}{(rate.InSamples ? " samples" : "%")}";
        return new Finding(
            Name,
            scheme.Place,
            $"a lowest access rate of {written} becomes 0 samples, so memory that nobody touches fits too",
            $"an aggregation has {scheme.Context.MaxSamples} samples, and a part of a sample is cut off",
            $"--damos_access_rate {written}",
            $"--damos_access_rate {Percent(1, scheme.Context.MaxSamples)}%");
    }

    private Finding? Age(ConfiguredScheme scheme)
    {
        if (scheme.MinAge <= scheme.MaxAge && scheme.Staged.AccessPattern.MinSize <= scheme.Staged.AccessPattern.MaxSize) return null;
        string what = scheme.MinAge > scheme.MaxAge ? "age" : "size";
        return new Finding(
            Name,
            scheme.Place,
            $"the least {what} is above the largest: it never acts",
            "both bounds are inclusive; the kernel keeps the low 32 bits of ages, counted in aggregations",
            what == "age" ? "--damos_age" : "--damos_sz_region",
            $"a least {what} that is not above the largest");
    }

    /// <summary>The lowest whole percentage that gives so many samples.</summary>
    private static ulong Percent(ulong samples, ulong most) => Math.Min(100, ((samples * 100) + most - 1) / most);
}
