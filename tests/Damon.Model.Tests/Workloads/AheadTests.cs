using Damon.Model.Workloads;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Workloads;

/// <summary>A program that is ahead in its course does now what the same program does later.</summary>
public sealed class AheadTests
{
    private const int Long = 500;

    [Fact]
    public void It_touches_at_each_instant_what_the_other_touches_later()
    {
        Gen<(TouchRule Rule, long Us)> gen =
            from start in Gen.Choose(0, 200)
            from width in Gen.Choose(0, 200)
            from repeat in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 300))
            from period in Gen.Choose(1, 9)
            from phase in Gen.Choose(0, 20)
            from us in Gen.Choose(0, 700)
            select (new TouchRule(new PageSet(0, 1), new TimeWindow(start, start + width, repeat), period, phase), (long)us);

        Prop.ForAll(gen.ToArbitrary(), one => Enumerable.Range(0, Long).All(t =>
            one.Rule.AheadBy(one.Us).Any(rule => rule.LastTouchUs(t) == t) == (one.Rule.LastTouchUs(t + one.Us) == t + one.Us)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void It_can_be_further_than_a_round()
    {
        PhasedRegions program = new(Bytes.FromMiB(1), 4, 10, 1);
        WorkloadPlan plan = (program with { AheadUs = 40 + 25 }).Plan(12);

        Assert.Equal([128u], Touched(plan, 0));
        Assert.Equal([128u], Touched(plan, 4));
        Assert.Equal([192u], Touched(plan, 5));
        Assert.Equal([0u], Touched(plan, 15));
    }

    private static uint[] Touched(WorkloadPlan plan, long us) =>
        [.. plan.Pattern.Rules.OfType<TouchRule>().Where(rule => rule.LastTouchUs(us) == us).Select(rule => rule.Pages.First).Distinct()];
}
