using Damon.Actors.Runtime;

namespace Damon.Actors.Tests.Runtime;

public class VirtualTimeTests
{
    [Fact]
    public void Units_round_down()
    {
        VirtualTime time = new(1_999_999);
        Assert.Equal(1_999, time.Microseconds);
        Assert.Equal(1, time.Milliseconds);
        Assert.Equal(VirtualTime.FromSeconds(2), VirtualTime.FromMilliseconds(2_000));
        Assert.Equal(VirtualDuration.FromSeconds(2), VirtualDuration.FromMicroseconds(2_000_000));
    }

    [Fact]
    public void Instants_and_spans_add_up()
    {
        VirtualTime time = VirtualTime.FromMicroseconds(5) + VirtualDuration.FromMicroseconds(3);
        Assert.Equal(VirtualTime.FromMicroseconds(8), time);
        Assert.Equal(VirtualDuration.FromMicroseconds(8), time - VirtualTime.Zero);
        Assert.Equal(VirtualTime.FromMicroseconds(2), time - VirtualDuration.FromMicroseconds(2) * 3);
        Assert.True(time > VirtualTime.Zero && VirtualTime.Zero < time && time >= new VirtualTime(8_000) && time <= new VirtualTime(8_000));
        Assert.Equal(time, VirtualTime.Max(time, VirtualTime.Zero));
    }

    [Fact]
    public void An_overflow_is_an_error() =>
        Assert.Throws<OverflowException>(() => VirtualTime.MaxValue + VirtualDuration.FromNanoseconds(1));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "0.000000001s")]
    [InlineData(1_500_000_000, "1.5s")]
    public void Text_is_in_seconds(long nanoseconds, string expected)
    {
        Assert.Equal(expected, new VirtualTime(nanoseconds).ToString());
        Assert.Equal(expected, new VirtualDuration(nanoseconds).ToString());
    }
}
