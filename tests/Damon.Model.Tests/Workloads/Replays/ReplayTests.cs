using System.Collections.Immutable;
using Damon.Model.Tests.Memory;
using Damon.Model.Workloads;
using Damon.Model.Workloads.Replays;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Workloads.Replays;

public class ReplayTests
{
    [Fact]
    public void TouchesAreThoseOfTheWindowsOneByOne() =>
        Prop.ForAll<int>(HoldAgainstTheWindows).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void AHistoryOfAMomentIsPlayedAgainAndAgain() => HoldAgainstTheWindows(39);

    private static void HoldAgainstTheWindows(int seed)
    {
        var draws = new Draws(seed);
        uint pages = 1 + (uint)draws.Below(200);
        bool repeats = draws.Below(2) == 0;
        long start = draws.Below(3) * 37L;
        var builder = new HistoryBuilder(pages);
        var touches = new List<(uint First, uint End, long Us)>();
        long end = 0;
        AccessedPages[] accessed = [];
        for (int window = draws.Below(40); window >= 0; window--)
        {
            long begin = end;
            end += 1 + draws.Below(300);

            // Never that of the window before: such windows, when they show the same, are one, and touches go on evenly.
            long aggregation = 1 + (2 * draws.Below(150)) + (window & 1);
            if (draws.Below(3) > 0) accessed = RandomRanges(draws, pages);
            builder.Add(end, aggregation, accessed);
            foreach (AccessedPages range in accessed)
            {
                for (long k = 0; ; k++)
                {
                    long us = begin + (((2 * k) + 1) * aggregation / (2 * range.Samples));
                    if (us >= end) break;
                    touches.Add((range.First, range.End, us));
                }
            }
        }

        // As many rounds as there are until behind the latest look: short histories begin anew often.
        int rounds = repeats ? (int)(((3 * end) + 100) / end) + 2 : 1;
        ImmutableArray<AccessRule> rules = Rules(builder, pages, start, repeats);
        for (int look = 0; look < 60; look++)
        {
            uint page = (uint)draws.Below((int)pages);
            long now = draws.Below((int)(3 * end) + 100);
            long since = now - 1 - draws.Below(draws.Below(2) == 0 ? 5 : (int)(2 * end));
            AccessRule rule = rules.Single(one => one.Pages.First <= page && page < one.Pages.End);
            long[] times = [.. touches.Where(touch => touch.First <= page && page < touch.End)
                .SelectMany(touch => Enumerable.Range(0, rounds).Select(round => start + touch.Us + (round * end)))];
            Assert.Equal(times.Any(time => time > since && time <= now), rule.Touched(page, since, now));
            Assert.Equal(times.Where(time => time > now).DefaultIfEmpty(long.MaxValue).Min(), rule.NextTouchUs(page, now));
        }
    }

    [Fact]
    public void EachSampleOfARecordedAggregationIsAccessedAgainWhenItsNeighboursAreNot()
    {
        // 7 of 20 samples: an aggregation of 100 ms has 7 touches, in 7 different samples of 5 ms, in each aggregation.
        var builder = new HistoryBuilder(10);
        for (int i = 1; i <= 5; i++) builder.Add(i * 100_000, 100_000, [new AccessedPages(0, 10, 7)]);
        AccessRule rule = Rules(builder, 10, 0, false).First();
        for (int aggregation = 0; aggregation < 5; aggregation++)
        {
            int seen = Enumerable.Range(aggregation * 20, 20).Count(sample => rule.Touched(0, sample * 5_000, (sample + 1) * 5_000));
            Assert.Equal(7, seen);
        }
    }

    [Fact]
    public void WhatMemoryCostsIsCountedByTheSlicesOfThePages()
    {
        // The first half of 64 pages: 20 touches in 100 ms, the second one none; a slice has 2 pages.
        var builder = new HistoryBuilder(64);
        builder.Add(100_000, 100_000, [new AccessedPages(0, 32, 20)]);
        builder.Add(200_000, 100_000, [new AccessedPages(0, 1, 10)]);
        ImmutableArray<AccessRule> rules = Rules(builder, 64, 0, false);
        Assert.Equal((UInt128)20_000_000, rules[15].MicroTouches(-1, 99_999));
        Assert.Equal((UInt128)10_000_000, rules[15].MicroTouches(-1, 49_999));
        Assert.Equal((UInt128)0, rules[16].MicroTouches(-1, 199_999));
        Assert.Equal((UInt128)5_000_000, rules[0].MicroTouches(99_999, 400_000));
        Assert.Equal((UInt128)50_000_000, Rules(builder, 64, 0, true)[0].MicroTouches(-1, 399_999));
    }

    [Fact]
    public void WindowsThatShowTheSameTakeNoRoom()
    {
        var builder = new HistoryBuilder(1000);
        for (int i = 1; i <= 10_000; i++) builder.Add(i * 100_000L, 100_000, [new AccessedPages(0, 500, 20), new AccessedPages(500, 600, 3)]);
        Assert.InRange(builder.Build().Sum(history => history.NrRanges), 1, 40);
    }

    [Fact]
    public void PagesOutOfOrderAreRefused()
    {
        var builder = new HistoryBuilder(10);
        Assert.Throws<ArgumentException>(() => builder.Add(1, 1, [new AccessedPages(3, 5, 1), new AccessedPages(4, 6, 1)]));
        Assert.Throws<ArgumentException>(() => builder.Add(1, 1, [new AccessedPages(3, 11, 1)]));
        Assert.Throws<ArgumentException>(() => builder.Add(1, 1, [new AccessedPages(3, 4, 0)]));
    }

    private static AccessedPages[] RandomRanges(Draws draws, uint pages)
    {
        List<AccessedPages> ranges = [];
        for (uint at = (uint)draws.Below(20); at < pages;)
        {
            uint end = Math.Min(pages, at + 1 + (uint)draws.Below(30));
            ranges.Add(new AccessedPages(at, end, 1 + (uint)draws.Below(25)));
            at = end + ((uint)draws.Below(2) * (uint)draws.Below(30));
        }
        return [.. ranges];
    }

    private static ImmutableArray<AccessRule> Rules(HistoryBuilder builder, uint pages, long start, bool repeats)
    {
        var replay = new Model.Workloads.Replays.Replay(new Bytes((ulong)pages << 12), [], builder.Build(), 12) { StartUs = start, Repeats = repeats };
        return replay.Plan(12).Pattern.Rules;
    }
}
