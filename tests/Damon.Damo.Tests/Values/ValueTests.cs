using System.Globalization;
using System.Numerics;
using Damon.Damo.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Values;

public class ValueTests
{
    [Theory]
    [InlineData("29%", 28.999999999999996)]
    [InlineData("57%", 56.99999999999999)]
    [InlineData("7%", 7.000000000000001)]
    public void Percents_keep_their_binary_dust(string text, double expected) => Assert.Equal(expected, ValueReader.Percent(text).ToDouble());

    [Theory]
    [InlineData("9.7%", 969)]
    [InlineData("19.7%", 1969)]
    [InlineData("8.2%", 819)]
    [InlineData("29.7%", 2970)]
    public void Basis_points_are_truncated_never_rounded(string text, int expected) =>
        Assert.Equal(expected, ValueReader.BasisPoints(text).Truncate());

    [Theory]
    [InlineData("4k", "4K")]
    [InlineData("200mb", "200MB")]
    [InlineData("4kiB", "4KiB")]
    public void A_wrong_size_gets_a_hint(string wrong, string right) =>
        Assert.Contains($"'{right}'?", Assert.Throws<DamoException>(() => ValueReader.Bytes(wrong)).Message);

    [Theory]
    [InlineData("5min", "5m")]
    [InlineData("5sec", "5s")]
    [InlineData("5MS", "5ms")]
    [InlineData("1h30m", "1 h 30 m")]
    [InlineData("1h 30m", "1 h 30 m")]
    public void A_wrong_time_gets_a_hint(string wrong, string right) =>
        Assert.Contains($"'{right}'?", Assert.Throws<DamoException>(() => ValueReader.Microseconds(wrong)).Message);

    [Theory]
    [InlineData("1__0")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("- 1")]
    [InlineData("1e")]
    [InlineData(".")]
    [InlineData("0x10")]
    [InlineData("--1")]
    public void Plain_numbers_are_strict(string text) => Assert.False(PlainNumber.TryRead(text, out _));

    [Theory]
    [InlineData(" 1_000 ", 1000)]
    [InlineData(",1,,0", 10)]
    [InlineData("1e-1", 0.1)]
    [InlineData("+.5", 0.5)]
    [InlineData("1_0.2_5", 10.25)]
    public void Plain_numbers_are_read_as_python_reads_them(string text, double expected)
    {
        Assert.True(PlainNumber.TryRead(text, out Number number));
        Assert.Equal(expected, number.ToDouble());
    }

    [Theory]
    [InlineData(820.3125, 3, "820.312")]
    [InlineData(0.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(7.0625, 3, "7.062")]
    [InlineData(-0.125, 2, "-0.12")]
    [InlineData(1e22, 1, "10000000000000000000000.0")]
    public void Exact_ties_round_to_even(double value, int decimals, string expected) => Assert.Equal(expected, FixedPoint.Format(value, decimals));

    [Fact]
    public void Fixed_point_agrees_with_the_runtime_off_ties() => Prop.ForAll<NormalFloat>(value =>
    {
        double real = value.Get;
        Assert.Equal(double.Parse(FixedPoint.Format(real, 25), CultureInfo.InvariantCulture), real, 1e-20 * Math.Abs(real) + 1e-24);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Whole_numbers_survive_printing_and_reading() => Prop.ForAll<BigInteger>(value =>
    {
        Number number = Number.Whole(value);
        Assert.Equal(number, ValueReader.Nr(ValuePrinter.Nr(number)));
        Assert.Equal(number, ValueReader.Nr(ValuePrinter.Nr(number, raw: true)));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Exact_times_survive_printing_and_reading() => Prop.ForAll<uint, uint>((high, low) =>
    {
        Number us = Number.Whole(((ulong)(high >> 12) << 32) | low);
        Assert.Equal(us, ValueReader.Nanoseconds(ValuePrinter.MicrosecondsExact(us)) / 1000);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Sizes_lose_less_than_a_thousandth() => Prop.ForAll<ulong>(bytes =>
    {
        Number back = ValueReader.Bytes(ValuePrinter.Size(Number.Whole(bytes)));
        Assert.InRange(back.ToDouble(), bytes * 0.9994, bytes * 1.0006);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Readers_take_any_text_or_refuse_it_cleanly()
    {
        ReadValue[] readers = [ValueReader.Nr, ValueReader.Bytes, ValueReader.Microseconds, ValueReader.Percent, ValueReader.BasisPoints];
        Gen<string> text = Gen.Elements("0123456789.,_-+eE %KMGTPiBnsumhd max\u0663".ToCharArray()).ArrayOf().Select(chars => new string(chars));
        Prop.ForAll(text.ToArbitrary(), candidate =>
        {
            foreach (ReadValue read in readers)
            {
                try
                {
                    _ = read(candidate).ToString();
                }
                catch (DamoException e)
                {
                    Assert.Contains(candidate, e.Message);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Numbers_are_equal_by_value_and_ordered_exactly()
    {
        Assert.Equal((Number)5000, Number.Real(5000));
        Assert.Equal(((Number)5000).GetHashCode(), Number.Real(5000).GetHashCode());
        Assert.NotEqual(Number.Max, Number.Real(ulong.MaxValue));
        Assert.True(Number.Max < Number.Real(ulong.MaxValue));
        Assert.True(Number.Real(double.PositiveInfinity) > Number.Max);
        Assert.True(Number.Real(0.5) > 0 && Number.Real(-0.5) < 0);
    }

    [Fact]
    public void Not_a_number_is_never_ordered_and_never_printed_as_a_time()
    {
        Number nan = Number.Real(double.NaN);
        Assert.False(nan < 0 || nan > 0 || nan <= 0 || nan >= 0 || nan == 0);
        Assert.Throws<DamoException>(() => ValuePrinter.Microseconds(nan));
        Assert.Throws<DamoException>(() => ValuePrinter.MicrosecondsExact(nan));
        Assert.Throws<DamoException>(() => ValuePrinter.Size(nan));
        Assert.Equal("max", ValuePrinter.Microseconds(Number.Real(double.PositiveInfinity)));
        Assert.Equal("-max", ValuePrinter.Microseconds(Number.Real(double.NegativeInfinity)));
    }

    [Fact]
    public void Integer_quotients_are_rounded_once()
    {
        Number dividend = Number.Whole(BigInteger.Parse("9007199254740993"));
        Assert.Equal(9007199254740.993, (dividend / 1000).ToDouble());
        Assert.Equal(1e20, (Number.Whole(BigInteger.Pow(10, 40)) / Number.Whole(BigInteger.Pow(10, 20))).ToDouble());
        Assert.Throws<DamoException>(() => dividend / 0);
    }
}
