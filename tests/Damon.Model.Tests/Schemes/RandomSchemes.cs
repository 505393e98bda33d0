using Damon.Model.Schemes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Schemes;

/// <summary>Random schemes over a few hundred pages.</summary>
internal static class RandomSchemes
{
    private const int Page = 4096;

    public static Gen<SchemeSettings> Any { get; } =
        from action in Gen.Elements(SchemeAction.PageOut, SchemeAction.MigrateHot, SchemeAction.MigrateCold, SchemeAction.Stat)
        from pattern in Pattern
        from quota in Quota
        from filters in Filter.ArrayOf()
        from applyUs in Gen.Elements<ulong>(0, 5_000, 10_000, 35_000)
        from snapshots in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 5)))
        select new SchemeSettings
        {
            Action = action,
            Pattern = pattern,
            Quota = quota,
            Filters = [.. filters],
            ApplyIntervalUs = applyUs,
            MaxNrSnapshots = (ulong)snapshots,
        };

    private static Gen<AccessPattern> Pattern { get; } = Gen.Frequency(
        (2, Gen.Constant(AccessPattern.Any)),
        (1, from size in Gen.Choose(0, 50 * Page)
            from accesses in Gen.Choose(0, 4)
            from age in Gen.Choose(0, 5)
            select new AccessPattern((ulong)size, ulong.MaxValue, 0, (uint)accesses, (uint)age, uint.MaxValue)));

    private static Gen<QuotaSettings> Quota { get; } = Gen.Frequency(
        (1, Gen.Constant(QuotaSettings.None)),
        (4, from resetMs in Gen.Elements<ulong>(5, 20, 100)
            from size in Gen.Choose(0, 300 * Page)
            from timeMs in Gen.Elements<ulong>(0, 0, 1, 10)
            from denom in Gen.Choose(0, 10)
            from num in Gen.Choose(0, denom)
            from weights in Gen.Choose(0, 2).Two()
            select new QuotaSettings
            {
                ResetIntervalMs = resetMs,
                SizeBytes = (ulong)size,
                TimeMs = timeMs,
                FailChargeNum = (uint)num,
                FailChargeDenom = (uint)denom,
                WeightNrAccesses = (uint)weights.Item1,
                WeightAge = (uint)weights.Item2,
            }));

    private static Gen<SchemeFilter> Filter { get; } =
        from isTarget in Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false)))
        from matching in Gen.Elements(true, false)
        from allow in Gen.Elements(true, false)
        from start in Gen.Choose(0, 250 * Page)
        from size in Gen.Choose(1, 100 * Page)
        select isTarget
            ? new SchemeFilter(SchemeFilterType.Target, matching, allow, From: (ulong)start % 2)
            : new SchemeFilter(SchemeFilterType.Addr, matching, allow, From: (ulong)start, To: (ulong)(start + size));
}
