using Damon.Model.Tests.Memory;
using Damon.Model.Workloads;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Workloads;

public class TouchOracleTests
{
    [Fact]
    public void EveryPageIsTouchedAsItsRulesSay() =>
        Prop.ForAll<int>(seed =>
        {
            var draws = new Draws(seed);
            var oracle = new TouchOracle();
            var processes = new List<(uint Base, ProcessPattern Pattern)>();
            uint at = 0;
            for (int i = 0; i < 3; i++)
            {
                at += (uint)draws.Below(2) * (uint)draws.Below(700);
                uint pages = 1 + (uint)draws.Below(900);
                var pattern = new ProcessPattern(pages, [.. Enumerable.Range(0, draws.Below(6)).Select(_ => RandomRules.Next(draws, pages))]);
                oracle.Attach(at, pattern);
                processes.Add((at, pattern));
                at += pages;
            }
            for (int look = 0; look < 60; look++)
            {
                long now = 100 + (look / 10 * 37);
                long since = now - 1 - draws.Below(60);
                uint page = (uint)draws.Below((int)at + 600);
                Assert.Equal(IsTouched(processes, page, since, now), oracle.TouchedSince(page, since, now));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void AHugeFolioIsTouchedExactlyWhenAnyOfItsPagesIs() =>
        Prop.ForAll<int>(seed =>
        {
            var draws = new Draws(seed);
            var oracle = new TouchOracle();
            const uint Pages = 1_700;
            oracle.Attach(0, new ProcessPattern(600, [new TouchRule(new PageSet(0, 600), TimeWindow.Always, 1)]));
            oracle.Attach(1_024, new ProcessPattern(Pages, [.. Enumerable.Range(0, draws.Below(6)).Select(_ => RandomRules.Next(draws, Pages))])
            {
                PagesInHugeFolio = 512,
            });
            for (int look = 0; look < 20; look++)
            {
                long now = 100 + (look / 5 * 37);
                long since = now - 1 - draws.Below(30);
                uint first = 1_024 + (uint)draws.Below((int)Pages - 512);
                bool expected = Enumerable.Range((int)first, 512).Any(page => oracle.TouchedSince((uint)page, since, now));
                Assert.Equal(expected, oracle.HugeTouchedSince(first, since, now));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void AHugeFolioThatIsOnePageIsTouchedAsThatPage()
    {
        var oracle = new TouchOracle();
        oracle.Attach(0, new ProcessPattern(10, [new TouchRule(new PageSet(4, 1), TimeWindow.Always, 10)]));
        Assert.Equal([4], Enumerable.Range(0, 10).Where(page => oracle.HugeTouchedSince((uint)page, 5, 10)));
        Assert.False(oracle.HugeTouchedSince(uint.MaxValue, 5, 10));
    }

    [Fact]
    public void EdgesOfRulesAreExact()
    {
        var oracle = new TouchOracle();
        var rule = new TouchRule(new PageSet(700, 100), TimeWindow.Always, 10);
        var strided = new TouchRule(new PageSet(1000, 5, 7), TimeWindow.Always, 10);
        oracle.Attach(50, new ProcessPattern(2000, [rule, strided]));
        uint[] touched = [.. Enumerable.Range(0, 4000).Select(p => (uint)p).Where(p => oracle.TouchedSince(p, 5, 10))];
        Assert.Equal([.. Enumerable.Range(750, 100).Select(p => (uint)p), 1050, 1057, 1064, 1071, 1078], touched);
    }

    [Fact]
    public void TheIntervalIsOpenAtItsStartAndClosedAtItsEnd()
    {
        var oracle = new TouchOracle();
        oracle.Attach(0, new ProcessPattern(1, [new TouchRule(new PageSet(0, 1), TimeWindow.Always, 100)]));
        Assert.True(oracle.TouchedSince(0, -1, 0));
        Assert.False(oracle.TouchedSince(0, 0, 99));
        Assert.True(oracle.TouchedSince(0, 99, 100));
        Assert.False(oracle.TouchedSince(0, 100, 199));
        Assert.True(oracle.TouchedSince(0, 0, 150));
    }

    [Fact]
    public void APatternCanBeReplacedAndDetached()
    {
        var oracle = new TouchOracle();
        oracle.Attach(10, new ProcessPattern(5, [new TouchRule(new PageSet(0, 5), TimeWindow.Always, 10)]));
        Assert.True(oracle.TouchedSince(12, 5, 10));
        oracle.Attach(10, new ProcessPattern(5, []));
        Assert.False(oracle.TouchedSince(12, 5, 10));
        oracle.Attach(10, new ProcessPattern(5, [new TouchRule(new PageSet(2, 1), TimeWindow.Always, 10)]));
        Assert.True(oracle.TouchedSince(12, 5, 10));
        Assert.False(oracle.TouchedSince(13, 5, 10));
        oracle.Detach(10);
        Assert.False(oracle.TouchedSince(12, 5, 10));
    }

    [Fact]
    public void ProcessesMayNotOverlap()
    {
        var oracle = new TouchOracle();
        oracle.Attach(10, new ProcessPattern(5, []));
        oracle.Attach(15, new ProcessPattern(5, []));
        Assert.Throws<ArgumentException>(() => oracle.Attach(19, new ProcessPattern(5, [])));
        Assert.Throws<ArgumentException>(() => oracle.Attach(8, new ProcessPattern(3, [])));
    }

    private static bool IsTouched(List<(uint Base, ProcessPattern Pattern)> processes, uint page, long since, long now)
    {
        foreach ((uint basePage, ProcessPattern pattern) in processes)
            if (page >= basePage && page < basePage + pattern.PageCount)
                for (long t = since + 1; t <= now; t++)
                    if (pattern.Rules.Any(r => RandomRules.TouchesAt(r, page - basePage, t)))
                        return true;
        return false;
    }
}
