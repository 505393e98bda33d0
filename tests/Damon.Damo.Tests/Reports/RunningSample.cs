using Damon.Damo.Document;
using Damon.Damo.Records;

namespace Damon.Damo.Tests.Reports;

/// <summary>Two kdamonds with two schemes each, as the samples of running kdamonds show them.</summary>
internal static class RunningSample
{
    private const ulong MiB = 1UL << 20;
    private const ulong GiB = 1UL << 30;

    internal static IReadOnlyList<KdamondStatus> Kdamonds { get; } = [Kdamond(0, 31 * GiB), Kdamond(1, 4 * GiB)];

    private static KdamondStatus Kdamond(int index, ulong start)
    {
        Intervals intervals = Intervals.Default with { Goal = index == 0 ? IntervalsGoal.Autotune : IntervalsGoal.Off };
        Target target = new(0, false, [new((long)(31 * GiB), (long)(58 * GiB))]);
        return new(
            new(0, [new(Operations.Paddr, 1, [target], intervals, NrRegions.Default, [], SampleControl.Default, false, [Scheme("/workloads/a", true), Scheme("/workloads/b", false)])]),
            "on",
            700 + index,
            [new([Status(0, start), Status(1, start)])]);
    }

    private static Scheme Scheme(string memcg, bool allowsYoung) => new(
        SchemeAction.MigrateHot,
        [],
        0,
        new(0, Damon.Damo.Values.Number.Max, new(1, 3_689_348_814_741_910_528, true), new(0, 184_467_440_737_095, true)),
        1_000_000,
        new(0, (long)(200 * MiB), 1000, 0, 0, [new(QuotaGoalMetric.NodeMemcgUsedBp, 2970, 0, 0, "/workloads/a")], "consist", (long)(73 * MiB), new(1, 1, 1)),
        Watermarks.None,
        [new(FilterType.Memcg, true, true, memcg), new(FilterType.Young, true, allowsYoung)],
        0);

    private static SchemeStatus Status(ulong scheme, ulong start) => new(
        new(1234 + scheme, (90 + scheme) * GiB, 210 + scheme, 3584 * MiB, 4 * GiB, 17, 611),
        [
            new(start, start + 3 * GiB, 0, 320),
            new(start + 3 * GiB, start + 3 * GiB + 64 * MiB, 17, 9, 24 * MiB),
            new(start + 3 * GiB + 64 * MiB, start + 8 * GiB, 2, 41, 300 * MiB),
        ]);
}
