using Damon.Hocon.Lexing;

namespace Damon.Hocon.Units;

/// <summary>A number with a unit behind it, parted: the unit is the letters at the end (spec: units format).</summary>
internal readonly record struct UnitText(string Number, string Unit)
{
    /// <summary>A regular expression of the number before a unit.</summary>
    public const string NumberPattern = @"^\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*";

    public static UnitText Split(string text)
    {
        string trimmed = Characters.Trim(text);
        int unit = trimmed.Length;
        while (unit > 0 && char.IsLetter(trimmed[unit - 1])) unit--;
        return new UnitText(Characters.Trim(trimmed[..unit]), trimmed[unit..]);
    }

    /// <summary>Whether the number is a sign and ASCII digits, which is then taken as an exact integer.</summary>
    public bool IsInteger
    {
        get
        {
            int start = Number.Length > 0 && Number[0] is '+' or '-' ? 1 : 0;
            return Number.Length > start && Number.AsSpan(start).IndexOfAnyExceptInRange('0', '9') < 0;
        }
    }
}
