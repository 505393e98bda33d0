using Damon.Model.Tests.Memory;
using Damon.Model.Workloads;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Workloads;

public class TouchRuleTests
{
    private static readonly PageSet _page = new(0, 1);

    [Fact]
    public void LastTouchIsTheOneFoundByTryingEveryMicrosecond() =>
        Prop.ForAll<int>(seed =>
        {
            TouchRule rule = RandomRules.NextPeriodic(new Draws(seed), _page);
            long last = TouchRule.Never;
            for (long now = 0; now < 1200; now++)
            {
                if (RandomRules.IsTouch(rule, now)) last = now;
                Assert.Equal(last, rule.LastTouchUs(now));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void OpenTimeIsWhatIsFoundByTryingEveryMicrosecond() =>
        Prop.ForAll<int>(seed =>
        {
            TimeWindow window = RandomRules.NextWindow(new Draws(seed));
            long open = 0;
            for (long now = 0; now < 400; now++)
            {
                if (RandomRules.IsOpen(window, now)) open++;
                Assert.Equal(open, window.OpenUntil(now));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void TheEndOfAWindowIsExclusiveAndItsStartInclusive()
    {
        var rule = new TouchRule(_page, TimeWindow.FromMs(2, 4), 1000);
        Assert.Equal(TouchRule.Never, rule.LastTouchUs(1999));
        Assert.Equal(2000, rule.LastTouchUs(2000));
        Assert.Equal(3000, rule.LastTouchUs(1_000_000_000_000_000));
    }

    [Fact]
    public void AWindowThatEveryTouchMissesIsFoundOutWithoutLookingAtEach()
    {
        // Touches at 500 ms past every second, open for the first 10 ms of every second.
        var rule = new TouchRule(_page, TimeWindow.FromMs(0, 10, 1000), 1_000_000, 500_000);
        Assert.Equal(TouchRule.Never, rule.LastTouchUs(1_000_000_000_000_000));
    }

    [Fact]
    public void ATouchIsFoundManyMissedWindowsAgo()
    {
        // The phase shifts by 1 us a window: of 1,000,001 windows just one is met, at time 0 and again after 1,000,001 periods.
        var rule = new TouchRule(_page, new TimeWindow(0, 1, 1_000_001), 1_000_000);
        const long Meeting = 1_000_000L * 1_000_001;
        Assert.Equal(0, rule.LastTouchUs(Meeting - 1));
        Assert.Equal(Meeting, rule.LastTouchUs(Meeting + 123_456_789_000));
    }

    [Fact]
    public void TimesUpToTenToTheFifteenAreExact()
    {
        var rule = new TouchRule(_page, new TimeWindow(3, 4, 999_999_999_989), 999_999_999_959, 3);
        Assert.Equal(3, rule.LastTouchUs(1_000_000_000_000_000));
    }

    [Fact]
    public void ARuleThatMakesNoSenseIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TouchRule(_page, TimeWindow.Always, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TouchRule(_page, TimeWindow.Always, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TouchRule(_page, TimeWindow.Always, 1, 0, 101));
        Assert.Throws<ArgumentException>(() => new ProcessPattern(10, [new TouchRule(new PageSet(1, 4, 3), TimeWindow.Always, 1)]));
        Assert.Equal(10u, new ProcessPattern(11, [new TouchRule(new PageSet(1, 4, 3), TimeWindow.Always, 1)]).Rules[0].Pages.End - 1);
    }
}
