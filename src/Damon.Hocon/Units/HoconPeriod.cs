using System.Globalization;
using Damon.Hocon.Numbers;

namespace Damon.Hocon.Units;

/// <summary>Periods of the calendar (spec: period format). Without a unit, a number means days; fractions are not allowed.</summary>
public static class HoconPeriod
{
    /// <summary>The units that a period can have, for messages.</summary>
    public const string Allowed = "a whole number with a unit of d, w, m (or mo) or y";

    /// <summary>A period in ISO 8601 form, weeks as days, such as <c>P14D</c>, <c>P3M</c> or <c>P1Y</c>.</summary>
    /// <returns>False when the text is no period, or none in 32 bits.</returns>
    public static bool TryParse(string text, out string iso)
    {
        iso = "";
        UnitText parts = UnitText.Split(text);
        (char symbol, int scale) = Unit(parts.Unit);
        if (scale == 0 || !JavaNumber.TryParseInt32(parts.Number, out int count)) return false;
        long scaled = (long)count * scale;
        if (scaled is < int.MinValue or > int.MaxValue) return false;
        iso = scaled == 0 ? "P0D" : string.Create(CultureInfo.InvariantCulture, $"P{scaled}{symbol}");
        return true;
    }

    private static (char Symbol, int Scale) Unit(string unit)
    {
        if (unit.Length > 2 && !unit.EndsWith('s')) unit += "s";
        return unit switch
        {
            "" or "d" or "days" => ('D', 1),
            "w" or "weeks" => ('D', 7),
            "m" or "mo" or "months" => ('M', 1),
            "y" or "years" => ('Y', 1),
            _ => default,
        };
    }
}
