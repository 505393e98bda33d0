using System.Globalization;

namespace Damon.Hocon.Units;

/// <summary>
/// Ratios in basis points (a hundredth of a percent). They are written in percent, <c>9.7%</c>, or in basis
/// points, <c>970 bp</c>. The conversion is exact: a ratio finer than one basis point is refused, not rounded.
/// </summary>
public static class HoconRatio
{
    /// <summary>What a ratio can look like, for messages.</summary>
    public const string Allowed = "a percentage such as 9.7% or basis points such as 970 bp, in whole basis points";

    /// <summary>A regular expression (of JSON Schema's kind) of the texts that are ratios, as far as one can tell.</summary>
    public const string Pattern = UnitText.NumberPattern + @"(%|bp)\s*$";

    /// <summary>A ratio in basis points; 10,000 are the whole.</summary>
    /// <returns>False when the text is no ratio, or not a whole number of basis points.</returns>
    public static bool TryParse(string text, out long basisPoints)
    {
        string trimmed = Lexing.Characters.Trim(text);
        if (trimmed.EndsWith('%')) return ExactDecimal.TryScale(Lexing.Characters.Trim(trimmed[..^1]), 100, out basisPoints);
        UnitText parts = UnitText.Split(trimmed);
        return ExactDecimal.TryScale(parts.Number, parts.Unit == "bp" ? 1 : 0, out basisPoints);
    }

    /// <summary>A ratio in percent: <c>9.7%</c>.</summary>
    public static string Format(long basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
