using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Workloads;

public class WorkloadTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void PhasedRegionsTouchOneRegionAfterTheOther()
    {
        WorkloadPlan plan = new PhasedRegions(Bytes.FromMiB(10), 10, 60 * Second, 1000).Plan(12);
        Assert.Equal(2560u, plan.Pattern.PageCount);
        for (int minute = 0; minute < 25; minute++)
        {
            long now = (minute * 60 * Second) + (30 * Second);
            Assert.Equal(Enumerable.Range(minute % 10 * 256, 256), TouchedIn(plan, now - 1000, now));
        }
        Assert.Equal(new MemoryEvent(0, MemoryEventKind.Allocate, 0, 2560, FolioFlags.Mapped | FolioFlags.Anon), Assert.Single(plan.Events));
    }

    [Fact]
    public void RegionsThatDoNotDivideEvenlyCoverAllPages()
    {
        WorkloadPlan plan = new PhasedRegions(new Bytes(4096 * 10), 3, Second, 1000).Plan(12);
        Assert.Equal([(0u, 3u), (3u, 3u), (6u, 4u)], plan.Pattern.Rules.Select(r => (r.Pages.First, r.Pages.Count)));
    }

    [Fact]
    public void HugeMemoryIsCountedInFoliosOfTwoMiB()
    {
        WorkloadPlan plan = new PhasedRegions(Bytes.FromGiB(1), 4, Second, 1000) { Huge = true, FileBacked = true }.Plan(12);
        Assert.Equal((21, 512u, FolioFlags.Mapped), (plan.PageShift, plan.Pattern.PageCount, plan.Events[0].Flags));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ZipfGivesEveryPageOneClassAndTheRatesAddUp(bool scattered)
    {
        WorkloadPlan plan = new Zipf(new Bytes(4096 * 1000), 50_000, 1, 3) { Scattered = scattered }.Plan(12);
        int[] classes = new int[1000];
        foreach (AccessRule rule in plan.Pattern.Rules)
            for (uint j = 0; j < rule.Pages.Count; j++) classes[rule.Pages.First + (j * Math.Max(1, rule.Pages.Stride))]++;
        Assert.All(classes, n => Assert.Equal(1, n));
        PoissonRule[] rules = [.. plan.Pattern.Rules.Cast<PoissonRule>()];
        Assert.Equal(50_000, rules.Sum(r => r.TouchesPerSecond * r.Pages.Count), 1.0);
        for (int i = 1; i < rules.Length; i++)
            Assert.Equal(2, rules[i].TouchesPerSecond / rules[i - 1].TouchesPerSecond, 0.001);
        Assert.Equal(500u, rules[0].Pages.Count);
        Assert.True(rules[^1].Pages.Count <= 2);
    }

    [Fact]
    public void TheHotSpotMovesAndWrapsAround()
    {
        WorkloadPlan plan = new MovingHotSpot(new Bytes(4096 * 10), new Bytes(4096 * 3), new Bytes(4096 * 4), Second, 1000).Plan(12);
        int[][] expected = [[0, 1, 2], [4, 5, 6], [0, 8, 9], [0, 1, 2]];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], TouchedIn(plan, (i * Second) + 400_000, (i * Second) + 500_000));
    }

    [Fact]
    public void AScanGoesThroughAllMemoryOnceInEveryTurn()
    {
        WorkloadPlan plan = new PeriodicScan(Bytes.FromMiB(20), 10 * Second, 2 * Second).Plan(12);
        Assert.Equal(Enumerable.Range(0, 5120), TouchedIn(plan, -1, 2 * Second));
        Assert.Equal(Enumerable.Range(0, 2560), TouchedIn(plan, (10 * Second) - 1, (11 * Second) - 1));
        Assert.Empty(TouchedIn(plan, 2 * Second, (10 * Second) - 1));
    }

    [Fact]
    public void AHeapGrowsAndShrinksBetweenItsBounds()
    {
        var heap = new GrowingHeap(new Bytes(4096 * 10), new Bytes(4096 * 2), new Bytes(4096 * 5), Second, 1000, 7 * Second);
        int size = 0;
        var sizes = new List<int>();
        foreach (MemoryEvent step in heap.Plan(12).Events)
        {
            bool grows = step.Kind == MemoryEventKind.Allocate;
            Assert.Equal(grows ? size : size - (int)step.Count, (int)step.FirstPage);
            size += grows ? (int)step.Count : -(int)step.Count;
            sizes.Add(size);
        }
        Assert.Equal([2, 7, 10, 5, 2, 7, 10], sizes);
    }

    [Theory]
    [InlineData(1UL << 30)]
    [InlineData(10_000_000UL)]
    [InlineData(1000UL)]
    public void AFileFillsThePageCacheAtItsRate(ulong bytesPerSecond)
    {
        WorkloadPlan plan = new PageCacheFill(new Bytes(4096 * 1000), new Bytes(bytesPerSecond), long.MaxValue).Plan(12);
        uint next = 0;
        foreach (MemoryEvent fill in plan.Events)
        {
            Assert.Equal((next, FolioFlags.None), (fill.FirstPage, fill.Flags));
            next += fill.Count;
            UInt128 atRate = (UInt128)bytesPerSecond * (ulong)(fill.AtUs + 100_000) / 1_000_000 / 4096;
            Assert.Equal(UInt128.Min(1000, atRate), (UInt128)next);
        }
        Assert.Equal(1000u, next);
    }

    [Fact]
    public void AFileIsNotReadBeyondTheEnd()
    {
        WorkloadPlan plan = new PageCacheFill(new Bytes(4096 * 1000), new Bytes(409_600), 300_000).Plan(12);
        Assert.Equal([(0L, 10u), (100_000L, 10u), (200_000L, 10u)], plan.Events.Select(fill => (fill.AtUs, fill.Count)));
    }

    [Fact]
    public void LockedMemoryIsUnevictable() =>
        Assert.Equal(FolioFlags.Mapped | FolioFlags.Anon | FolioFlags.Unevictable, new Mlocked(Bytes.FromMiB(1), 1000).Plan(12).Events[0].Flags);

    [Fact]
    public void UniformMemoryIsTouchedEvenly()
    {
        WorkloadPlan plan = new Uniform(Bytes.FromMiB(40), 1, 5).Plan(12);
        int[] touched = [.. TouchedIn(plan, 0, 693_147)];
        Assert.InRange(touched.Length, 4900, 5340);
        Assert.InRange(touched.Count(p => p < 5120), 2400, 2720);
    }

    [Fact]
    public void NumbersThatMakeNoSenseAreNamed()
    {
        Assert.Equal("Size", Assert.Throws<ArgumentOutOfRangeException>(() => new Uniform(Bytes.Zero, 1, 1).Plan(12)).ParamName);
        Assert.Equal("RegionCount", Assert.Throws<ArgumentOutOfRangeException>(() => new PhasedRegions(Bytes.FromMiB(1), 0, 1, 1).Plan(12)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeriodicScan(Bytes.FromMiB(1), 5, 5).Plan(12));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PageCacheFill(Bytes.FromMiB(1), Bytes.Zero, 1).Plan(12));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Uniform(Bytes.FromMiB(1), 1, 1) { WritePercent = 101 }.Plan(12));
    }

    private static IEnumerable<int> TouchedIn(WorkloadPlan plan, long since, long now)
    {
        var oracle = new TouchOracle();
        oracle.Attach(0, plan.Pattern);
        return Enumerable.Range(0, (int)plan.Pattern.PageCount).Where(p => oracle.TouchedSince((uint)p, since, now));
    }

    [Fact]
    public void OfASparseBandOnlyTheUsedPagesComeAndAreTouched()
    {
        HeatBands heap = new(new Bytes(40UL << 12), [new HeatBand(new Bytes(10UL << 12), 1_000), new HeatBand(new Bytes(17UL << 12), 2_000, OneIn: 8), new HeatBand(new Bytes(8UL << 12), 0, OneIn: 4)]);
        WorkloadPlan plan = heap.Plan(12);
        Assert.Equal([new PageSet(0, 10), new PageSet(10, 3, 8)], plan.Pattern.Rules.Select(rule => rule.Pages));
        Assert.Equal(
            [(0u, 10u, 1u), (10u, 3u, 8u), (27u, 2u, 4u), (35u, 5u, 1u)],
            plan.Events.Select(one => (one.FirstPage, one.Count, one.Stride)));
    }
}
