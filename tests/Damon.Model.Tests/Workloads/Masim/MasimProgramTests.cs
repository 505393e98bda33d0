using System.Collections.Immutable;
using Damon.Model.Tests.Memory;
using Damon.Model.Workloads;
using Damon.Model.Workloads.Masim;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Workloads.Masim;

public class MasimProgramTests
{
    // At this rate a draw of 131,072 accesses takes 131.072 us.
    private const long Fast = 1_000_000_000;

    [Fact]
    public void AWalkTouchesWhatPlayingItTouches() =>
        Prop.ForAll<int>(seed =>
        {
            var draws = new Draws(seed);
            long bytes = 1 + draws.Below(200_000);
            long stride = 1 + draws.Below(draws.Below(2) == 0 ? 300 : 30_000);
            long rate = 100_000_000 + (draws.Below(50) * 77_777_777L);
            MasimProgram program = Program([bytes], [new ProgramPhase(1, [Walk(0, stride)])], rate);
            long count = (long)Math.Ceiling(rate / 1000.0 / 131_072);
            var played = new PlayedAccesses();
            long offset = 0;
            for (long draw = 0; draw < count; draw++)
            {
                long first = draw * 131_072;
                played.Walk(ref offset, bytes, stride, 0, i => (first + i) * 1_000_000 / rate);
            }

            AccessRule rule = Assert.Single(Rules(program));
            uint pages = (uint)((bytes + 4095) / 4096);
            for (int look = 0; look < 40; look++)
            {
                uint page = (uint)draws.Below((int)pages);
                long now = draws.Below(1600);
                long since = now - 1 - draws.Below(draws.Below(2) == 0 ? 3 : 1200);
                Assert.Equal(played.Touched(page, since, now), rule.Touched(page, since, now));
                Assert.Equal(played.Next(page, now), rule.NextTouchUs(page, now));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Fact]
    public void TheFirstAccessIsAtTheStrideAndTheWalkComesBackToZero()
    {
        // 10 pages, a page a step, 1000 accesses per second: access 0 at time 0 is on page 1, access 9 at 9 ms on page 0.
        MasimProgram program = Program([40_960], [new ProgramPhase(100, [Walk(0, 4096)])], 1000, horizonUs: 1_000_000);
        AccessRule rule = Assert.Single(Rules(program));
        Assert.Equal([9_000, 0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000],
            Enumerable.Range(0, 10).Select(page => rule.NextTouchUs((uint)page, -1)));
        Assert.Equal(19_000, rule.NextTouchUs(0, 9_000));
        Assert.True(rule.Touched(0, 8_999, 9_000));
        Assert.False(rule.Touched(0, 9_000, 18_999));
    }

    [Fact]
    public void AStrideOverAPageLeavesItAlone()
    {
        AccessRule rule = Assert.Single(Rules(Program([8 * 4096], [new ProgramPhase(10, [Walk(0, 12_288)])], Fast)));

        // Offsets 12288, 24576, then 36864 is behind the end: 0.
        Assert.Equal([0u, 3, 6], Enumerable.Range(0, 8).Select(page => (uint)page).Where(page => rule.Touched(page, -1, 9_000)));
    }

    [Fact]
    public void PhasesRunInOrderAndADrawThatHasBegunIsFinished()
    {
        // 1 ms is 7.63 draws of 131.072 us: 8 are made, which take 1048.576 us; the next phase begins then.
        MasimProgram program = Program([4096, 4096], [new ProgramPhase(1, [Walk(0, 64)]), new ProgramPhase(1, [Walk(1, 64)])], Fast);
        ImmutableArray<AccessRule> rules = Rules(program);
        Assert.Equal(2, rules.Length);
        Assert.True(rules[0].Touched(0, 1_047, 1_048));
        Assert.False(rules[0].Touched(0, 1_048, 5_000));
        Assert.False(rules[1].Touched(1, -1, 1_048));
        Assert.True(rules[1].Touched(1, 1_048, 1_049));
        Assert.Equal(2 * 1_049, program.ExitUs);
    }

    [Fact]
    public void APhaseWithoutProbabilityTouchesNothingForItsTime()
    {
        MasimProgram program = Program([4096], [new ProgramPhase(5, [Walk(0, 64) with { Weight = 0 }]), new ProgramPhase(1, [Walk(0, 64)])], Fast);
        AccessRule rule = Assert.Single(Rules(program));
        Assert.Equal(5_000, rule.NextTouchUs(0, -1));
        Assert.False(rule.Touched(0, -1, 4_999));
    }

    [Fact]
    public void ARepeatedProgramWalksAsInItsFirstRound()
    {
        MasimProgram program = Program([1 << 20], [new ProgramPhase(1, [Walk(0, 4096)]), new ProgramPhase(2, [Walk(0, 64) with { Weight = 0 }])], Fast)
            with
        { Repeats = true, HorizonUs = 1_000_000 };
        AccessRule rule = Assert.Single(Rules(program));
        const long Round = 1_049 + 2_000;
        for (uint page = 0; page < 256; page += 5)
        {
            long first = rule.NextTouchUs(page, -1);
            Assert.Equal(first + (7 * Round), rule.NextTouchUs(page, (7 * Round) - 1));
            Assert.False(rule.Touched(page, (7 * Round) - 2_000, (7 * Round) - 1));
            Assert.True(rule.Touched(page, 0, 20 * Round));
        }
        Assert.Null(program.ExitUs);
    }

    [Fact]
    public void EachDrawIsOnePatternsAndWalksGoOnWhereTheyWere()
    {
        const long Rate = 131_072_000; // a draw takes 1 ms
        MasimProgram program = Program(
            [300 * 4096, 700 * 4096], [new ProgramPhase(200, [Walk(0, 96), Walk(1, 40)])], Rate, horizonUs: 300_000, seed: 5);
        ImmutableArray<AccessRule> rules = Rules(program);
        Assert.Equal(2, rules.Length);
        var played = new PlayedAccesses();
        long[] offsets = [0, 0];
        int[] drawn = new int[2];
        for (long draw = 0; draw < 200; draw++)
        {
            bool first = AnyTouched(rules[0], (draw * 1000) - 1, (draw * 1000) + 999);
            bool second = AnyTouched(rules[1], (draw * 1000) - 1, (draw * 1000) + 999);
            Assert.True(first != second, $"draw {draw}");
            int index = first ? 0 : 1;
            drawn[index]++;
            long before = draw * 131_072;
            played.Walk(
                ref offsets[index], index == 0 ? 300 * 4096 : 700 * 4096, index == 0 ? 96 : 40, index == 0 ? 0u : 300,
                i => (before + i) * 1_000_000 / Rate);
        }

        // The weights are 1 and 1: 100 draws each, 7.07 the standard deviation.
        Assert.InRange(drawn[0], 100 - 22, 100 + 22);
        var draws = new Draws(3);
        for (int look = 0; look < 500; look++)
        {
            uint page = (uint)draws.Below(1000);
            long now = draws.Below(200_000);
            long since = now - 1 - draws.Below(5_000);
            Assert.Equal(played.Touched(page, since, now), rules[page < 300 ? 0 : 1].Touched(page, since, now));
            Assert.Equal(played.Next(page, now), rules[page < 300 ? 0 : 1].NextTouchUs(page, now));
        }
    }

    [Fact]
    public void PatternsAreDrawnByTheirProbabilities()
    {
        const long Rate = 131_072_000;
        MasimProgram program = Program([4096, 4096, 4096], [new ProgramPhase(20_000,
            [Walk(0, 64) with { Weight = 1 }, Walk(1, 64) with { Weight = 7 }, Walk(2, 64) with { Weight = 0 }])], Rate, horizonUs: 21_000_000);
        ImmutableArray<AccessRule> rules = Rules(program);
        Assert.Equal(2, rules.Length);
        int first = Enumerable.Range(0, 20_000).Count(draw => rules[0].Touched(0, (draw * 1000) - 1, (draw * 1000) + 999));

        // Binomial(20000, 1/8): mean 2500, standard deviation 46.8.
        Assert.InRange(first, 2500 - 187, 2500 + 187);
    }

    [Theory]
    [InlineData(1000, 20_000, 1)]
    [InlineData(50, 1_000, 7)]
    [InlineData(1, 1_000, 1)]
    public void RandomBytesHitPagesByTheirShare(int pages, long accesses, int rest)
    {
        // The last page has only a part of the region.
        long bytes = ((long)pages * 4096) - (rest == 1 ? 0 : 4096 / rest);
        MasimProgram program = Program([bytes], [new ProgramPhase(1_000, [new RegionPattern(0, true, 0, 1)])], 1_000_000, horizonUs: 2_000_000);
        ImmutableArray<AccessRule> rules = Rules(program);
        int touched = 0, looks = 0, last = 0, lastLooks = 0;
        for (long at = 0; at + accesses <= 1_000_000; at += accesses)
        {
            for (uint page = 0; page < pages; page++)
            {
                bool isTouched = rules.Any(rule => rule.Pages.First <= page && page < rule.Pages.End && rule.Touched(page, at - 1, at + accesses - 1));
                if (page == pages - 1)
                {
                    lastLooks++;
                    if (isTouched) last++;
                }
                else
                {
                    looks++;
                    if (isTouched) touched++;
                }
            }
        }

        // A page is missed by n accesses with (1 - share)^n.
        AssertShare(touched, looks, 1 - Math.Pow(1 - (4096.0 / bytes), accesses));
        AssertShare(last, lastLooks, 1 - Math.Pow(1 - ((bytes - ((pages - 1) * 4096.0)) / bytes), accesses));
    }

    [Fact]
    public void TheForecastOfRandomBytesIsTheirNextTouch()
    {
        MasimProgram program = Program(
            [400 * 4096, 8192], [new ProgramPhase(3, [new RegionPattern(0, true, 0, 2), Walk(1, 64)]), new ProgramPhase(2, [Walk(1, 64)])], 400_000_000)
            with
        { Repeats = true, HorizonUs = 100_000 };
        AccessRule rule = Rules(program)[0];
        var draws = new Draws(9);
        for (int look = 0; look < 300; look++)
        {
            uint page = (uint)draws.Below(400);
            long after = draws.Below(60_000);
            long next = rule.NextTouchUs(page, after);
            Assert.True(rule.Touched(page, after, next));
            Assert.True(next == after + 1 || !rule.Touched(page, after, next - 1));
        }
    }

    [Fact]
    public void TrafficIsInCacheLinesByUnitsOf4KiB()
    {
        // 1 s at 2^20 accesses per second, a quarter of them by steps of 16 bytes through 64 pages: 2^20 / 4 * 16 / 64 / 64 a page.
        MasimProgram program = Program(
            [64 * 4096, 4096], [new ProgramPhase(1_000, [Walk(0, 16), Walk(1, 4096) with { Weight = 3 }])], 1 << 20, horizonUs: 5_000_000);
        Assert.Equal((UInt128)1_024_000_000, Rules(program)[0].MicroTouches(-1, 999_999));
        Assert.Equal(0, Rules(program)[0].WritePercent - 100);
    }

    [Fact]
    public void TooManyDrawsAreRefused()
    {
        MasimProgram program = Program([4096, 4096], [new ProgramPhase(100_000, [Walk(0, 64), Walk(1, 64)])], MasimProgram.MostRate, horizonUs: 100_000_000);
        Assert.True(program.RememberedDraws > MasimProgram.MostDraws);
        Assert.Throws<ArgumentOutOfRangeException>(() => program.Plan(12));
    }

    private static void AssertShare(int touched, int looks, double chance)
    {
        if (looks == 0) return;
        double sd = Math.Sqrt(looks * chance * (1 - chance));
        Assert.InRange(touched, (looks * chance) - (4 * sd) - 1e-9, (looks * chance) + (4 * sd) + 1e-9);
    }

    private static bool AnyTouched(AccessRule rule, long since, long now)
    {
        for (uint page = rule.Pages.First; page < rule.Pages.End; page++)
            if (rule.Touched(page, since, now))
                return true;
        return false;
    }

    private static RegionPattern Walk(int region, long stride) => new(region, false, (ulong)stride, 1);

    private static ImmutableArray<AccessRule> Rules(MasimProgram program) => program.Plan(12).Pattern.Rules;

    private static MasimProgram Program(
        long[] regions, ImmutableArray<ProgramPhase> phases, long rate, long horizonUs = 10_000, ulong seed = 1)
    {
        ImmutableArray<Bytes> sizes = [.. regions.Select(bytes => new Bytes((ulong)bytes))];
        return new MasimProgram(new Bytes(MasimProgram.PagesOf(sizes, 12) << 12), sizes, phases, rate, horizonUs, seed);
    }
}
