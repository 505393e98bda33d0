using Damon.Model.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Monitoring;

public sealed class Lfsr113Tests
{
    private static Gen<ulong> AnyNumber { get; } =
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from shift in Gen.Choose(0, 63)
        select (((ulong)(uint)high << 32) | (uint)low) >> shift;

    private static Arbitrary<(ulong Seed, ulong A, ulong B)> Spans { get; } = (
        from seed in AnyNumber
        from a in AnyNumber
        from b in AnyNumber
        select (seed, a, b)).ToArbitrary();

    [Fact]
    public void Numbers_lie_between_their_bounds() => Check.QuickThrowOnFailure(Prop.ForAll(Spans, span =>
    {
        var (left, right) = (Math.Min(span.A, span.B), Math.Max(span.A, span.B));
        var random = new Lfsr113(span.Seed);
        for (int i = 0; i < 20; i++)
        {
            ulong drawn = random.Between(left, right);
            Assert.True(drawn >= left && (drawn < right || left == right), $"{drawn} is not in [{left}, {right})");
        }
    }));

    [Fact]
    public void A_restored_state_goes_on_with_the_same_numbers() => Check.QuickThrowOnFailure(Prop.ForAll(Spans, span =>
    {
        var random = new Lfsr113(span.Seed);
        random.Next();
        var resumed = new Lfsr113(0) { State = random.State };
        for (int i = 0; i < 20; i++) Assert.Equal(random.Next(), resumed.Next());
    }));

    [Theory]
    [InlineData(0, uint.MaxValue, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(0, 1UL << 32, 2)]
    [InlineData(0, ulong.MaxValue, 2)]
    public void A_span_beyond_32_bits_takes_two_outputs(ulong left, ulong right, int outputs)
    {
        var random = new Lfsr113(7);
        var counted = new Lfsr113(7);
        random.Between(left, right);
        for (int i = 0; i < outputs; i++) counted.Next();
        Assert.Equal(counted.State, random.State);
    }
}
