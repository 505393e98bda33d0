using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

/// <summary>Random access rules and filters, and what they mean word for word.</summary>
internal static class RandomRules
{
    public static AccessRule Next(Draws draws, uint pages)
    {
        uint first = (uint)draws.Below((int)pages);
        uint stride = draws.OneIn(2) ? 1 : (uint)draws.Below(5);
        uint count = 1 + (uint)draws.Below((int)((pages - first - 1) / Math.Max(stride, 1)) + 1);
        var set = new PageSet(first, count, stride);
        return draws.OneIn(4)
            ? new PoissonRule(set, NextWindow(draws), draws.Below(100_000), draws.Next())
            : NextPeriodic(draws, set);
    }

    public static TouchRule NextPeriodic(Draws draws, PageSet set) =>
        new(set, NextWindow(draws), 1 + draws.Below(40), draws.Below(60));

    public static TimeWindow NextWindow(Draws draws)
    {
        long start = draws.Below(60);
        return new TimeWindow(start, start + draws.Below(50) - 2, draws.OneIn(3) ? 0 : draws.Below(90));
    }

    /// <summary>Whether the instant lies in one of the windows.</summary>
    public static bool IsOpen(TimeWindow window, long timeUs)
    {
        for (long n = 0; n == 0 || (window.RepeatUs > 0 && window.StartUs + (n * window.RepeatUs) <= timeUs); n++)
            if (timeUs >= window.StartUs + (n * window.RepeatUs) && timeUs < window.EndUs + (n * window.RepeatUs))
                return true;
        return false;
    }

    /// <summary>Whether the rule touches a page of its process at this very microsecond.</summary>
    public static bool TouchesAt(AccessRule rule, uint page, long timeUs)
    {
        PageSet set = rule.Pages;
        bool has = false;
        for (uint j = 0; j < set.Count; j++) has |= set.First + (j * Math.Max(set.Stride, 1)) == page;
        if (!has || !IsOpen(rule.Window, timeUs)) return false;
        return rule is PoissonRule random
            ? random.Touched(page, timeUs - 1, timeUs)
            : IsTouch((TouchRule)rule, timeUs);
    }

    public static bool IsTouch(TouchRule rule, long timeUs) =>
        IsOpen(rule.Window, timeUs) && timeUs >= rule.PhaseUs && (timeUs - rule.PhaseUs) % rule.PeriodUs == 0;

    public static FolioFilterSet NextFilters(Draws draws)
    {
        var filters = new FolioFilter[draws.Below(4)];
        for (int i = 0; i < filters.Length; i++)
            filters[i] = new FolioFilter(
                (FolioFilterType)draws.Below(6), draws.OneIn(2), draws.OneIn(2), new MemcgId((ulong)draws.Below(5)),
                (ulong)draws.Below(3) << 18, (ulong)draws.Below(3) << 20);
        return new FolioFilterSet(filters, draws.OneIn(3));
    }
}
