using System.Globalization;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;

namespace Damon.Scenarios.Reading.Draws;

/// <summary>A type of numbers that can be drawn.</summary>
/// <param name="Min">The least value of the key.</param>
/// <param name="Max">Its greatest value.</param>
/// <param name="ReadIn">Reads a value of the key.</param>
/// <param name="ReadSpan">Reads a difference between values: any that is not negative.</param>
/// <param name="Write">Writes a value as a scenario would.</param>
/// <param name="StepBetween">What values between two bounds are multiples of unless the draw says so itself; 0: of nothing.</param>
internal sealed record DrawnType(
    double Min,
    double Max,
    Func<HoconCursor, double> ReadIn,
    Func<HoconCursor, double> ReadSpan,
    Func<double, string> Write,
    Func<double, double, double> StepBetween)
{
    private const double MostExact = 1UL << 53;
    private const double HugePage = 1 << 21;
    private const double Page = 1 << 12;

    private static readonly HoconRange<double> s_notNegative = new(0, double.MaxValue);

    public static DrawnType Duration(HoconRange<long> range, long stepNs) => new(
        range.Min,
        range.Max,
        cursor => cursor.AsDuration(range),
        cursor => cursor.AsDuration(new HoconRange<long>(0, long.MaxValue)),
        value => Invariant($"{value:0} ns"),
        (_, _) => stepNs);

    /// <summary>Sizes are of whole huge pages, which fit every page size, unless they are that small themselves.</summary>
    public static DrawnType Size(HoconRange<ulong> range) => new(
        range.Min,
        range.Max,
        cursor => cursor.AsBytes(range),
        cursor => cursor.AsBytes(),
        value => HoconSize.Format((ulong)value),
        (from, to) => to - from >= 16 * HugePage ? HugePage : Page);

    public static DrawnType Count(HoconRange<ulong> range) => new(
        range.Min,
        Math.Min(range.Max, MostExact),
        cursor => cursor.AsULong(range),
        cursor => cursor.AsDouble(s_notNegative),
        value => Invariant($"{value:0}"),
        (_, _) => 1);

    public static DrawnType Number(HoconRange<double> range) => new(
        range.Min,
        range.Max,
        cursor => cursor.AsDouble(range),
        cursor => cursor.AsDouble(s_notNegative),
        value => value.ToString("R", CultureInfo.InvariantCulture),
        (_, _) => 0);

    public static DrawnType Ratio(HoconRange<long> range) => new(
        range.Min,
        range.Max,
        cursor => cursor.AsBasisPoints(range),
        cursor => cursor.AsBasisPoints(new HoconRange<long>(0, long.MaxValue)),
        value => HoconRatio.Format((long)value),
        (_, _) => 1);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
