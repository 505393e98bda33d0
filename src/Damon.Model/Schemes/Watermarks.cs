namespace Damon.Model.Schemes;

/// <summary>What watermarks watch (spec 11).</summary>
public enum WatermarkMetric
{
    /// <summary>Nothing: the scheme is always active.</summary>
    None,

    /// <summary>Free memory of the host, permil.</summary>
    FreeMemRate,
}

/// <summary>When a scheme is active: between low and high, started below mid (spec 11).</summary>
/// <param name="Metric">What is watched.</param>
/// <param name="IntervalUs">How often it is looked at while inactive, us.</param>
/// <param name="High">Above it the scheme is inactive, permil.</param>
/// <param name="Mid">Below it an inactive scheme becomes active, permil.</param>
/// <param name="Low">Below it the scheme is inactive, permil.</param>
public sealed record Watermarks(WatermarkMetric Metric, ulong IntervalUs, ulong High, ulong Mid, ulong Low)
{
    /// <summary>Always active.</summary>
    public static Watermarks None { get; } = new(WatermarkMetric.None, 0, 0, 0, 0);

    /// <summary>How long to wait before the next look, us (0: do not wait), and whether the scheme is active from now on.</summary>
    /// <param name="freeMemPermil">Free memory of the host, permil.</param>
    /// <param name="activated">Whether the scheme was active; updated.</param>
    public ulong WaitUs(ulong freeMemPermil, ref bool activated)
    {
        if (Metric == WatermarkMetric.None)
        {
            activated = true;
            return 0;
        }

        if (freeMemPermil > High || freeMemPermil < Low)
        {
            activated = false;
            return IntervalUs;
        }

        if (freeMemPermil >= Mid && !activated)
        {
            return IntervalUs;
        }

        activated = true;
        return 0;
    }
}
