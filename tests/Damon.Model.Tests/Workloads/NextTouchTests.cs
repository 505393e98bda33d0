using System.Collections.Immutable;
using Damon.Model.Tests.Memory;
using Damon.Model.Workloads;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Workloads;

public class NextTouchTests
{
    private const long Horizon = 3000;

    // As far as times are told apart.
    private const long LastUs = (1L << 45) - 3;

    private static readonly PageSet _page = new(0, 1);

    [Fact]
    public void NextPeriodicTouchIsTheOneFoundByTryingEveryMicrosecond() =>
        Prop.ForAll<int>(seed =>
        {
            TouchRule rule = RandomRules.NextPeriodic(new Draws(seed), _page);
            long next = AccessRule.NeverAgain;
            for (long after = Horizon; after >= -1; after--)
            {
                long found = rule.NextTouchUs(0, after);
                if (next != AccessRule.NeverAgain || found <= Horizon) Assert.Equal(next, found);
                if (after >= 0 && RandomRules.IsTouch(rule, after)) next = after;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void NextRandomTouchIsTheOneThatALookWillFind() =>
        Prop.ForAll<int>(seed =>
        {
            var draws = new Draws(seed);
            var rule = new PoissonRule(new PageSet(0, 8), RandomRules.NextWindow(draws), draws.Below(20_000), draws.Next());
            uint page = (uint)draws.Below(8);
            long after = draws.Below(2000) - 1;
            long next = rule.NextTouchUs(page, after);
            if (next == AccessRule.NeverAgain)
            {
                Assert.False(rule.Touched(page, after, LastUs));
                return;
            }
            Assert.True(next > after);
            Assert.True(rule.Touched(page, next - 1, next));
            Assert.False(rule.Touched(page, after, next - 1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void AForecastIsTheFirstTouchOfAnyRuleForThePage() =>
        Prop.ForAll<int>(seed =>
        {
            var draws = new Draws(seed);
            const uint Pages = 40;
            ImmutableArray<AccessRule> rules = [.. Enumerable.Range(0, 1 + draws.Below(6)).Select(_ => RandomRules.Next(draws, Pages))];
            var forecast = new TouchForecast(rules, new RuleSegments(rules));
            for (int i = 0; i < 30; i++)
            {
                uint page = (uint)draws.Below((int)Pages);
                long after = draws.Below(200) - 1;
                long first = AccessRule.NeverAgain;
                foreach (AccessRule rule in rules)
                    for (uint j = 0; j < rule.Pages.Count; j++)
                        if (rule.Pages.First + (j * Math.Max(rule.Pages.Stride, 1)) == page)
                            first = Math.Min(first, rule.NextTouchUs(page, after));
                Assert.Equal(first, forecast.NextTouchUs(page, after));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void ATouchManyMissedWindowsAheadIsFound()
    {
        var rule = new TouchRule(_page, new TimeWindow(0, 1, 1_000_001), 1_000_000);
        Assert.Equal(1_000_000L * 1_000_001, rule.NextTouchUs(0, 0));
    }

    [Fact]
    public void WhatNeverComesAgainIsNotWaitedFor()
    {
        Assert.Equal(AccessRule.NeverAgain, new TouchRule(_page, TimeWindow.FromMs(0, 10, 1000), 1_000_000, 500_000).NextTouchUs(0, 7));
        Assert.Equal(AccessRule.NeverAgain, new TouchRule(_page, TimeWindow.FromMs(2, 4), 1000).NextTouchUs(0, 3000));
        Assert.Equal(AccessRule.NeverAgain, new PoissonRule(_page, TimeWindow.Always, 0, 1).NextTouchUs(0, 7));
    }

    [Fact]
    public void TouchesOfAWindowAreItsOpenTimeTimesTheRate()
    {
        var rule = new TouchRule(_page, new TimeWindow(0, 500_000, 1_000_000), 5_000);
        Assert.Equal(100_000_000, (long)rule.MicroTouches(-1, 999_999));
        Assert.Equal(0, (long)rule.MicroTouches(600_000, 900_000));
        Assert.Equal(25_000_000, (long)new PoissonRule(_page, TimeWindow.Always, 12.5, 3).MicroTouches(0, 2_000_000));
    }
}
