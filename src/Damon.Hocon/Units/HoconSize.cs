using System.Globalization;
using System.Numerics;

namespace Damon.Hocon.Units;

/// <summary>
/// Sizes in bytes (spec: size in bytes format): <c>kB</c>, <c>MB</c>, ... are powers of 1000, <c>K</c>,
/// <c>KiB</c>, <c>MiB</c>, ... powers of 1024; case matters; without a unit a number means bytes.
/// </summary>
public static class HoconSize
{
    /// <summary>The units that a size can have, for messages.</summary>
    public const string Allowed =
        "a number with a unit of B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB, TiB or K, M, G, T (powers of 1024)";

    /// <summary>A regular expression (of JSON Schema's kind) of the texts that are sizes.</summary>
    public const string Pattern =
        UnitText.NumberPattern
        + "(b|B|bytes?|[KMGTPEZYkmgtpezy]|[KMGTPEZY]iB?|kB|[MGTPEZY]B"
        + "|(kilo|mega|giga|tera|peta|exa|zetta|yotta|kibi|mebi|gibi|tebi|pebi|exbi|zebi|yobi)bytes?)?\\s*$";

    private const string Prefixes = "KMGTPEZY";

    private static readonly string[] s_decimal = ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta"];
    private static readonly string[] s_binary = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi"];

    /// <summary>A size in bytes, fractions of a byte cut off.</summary>
    /// <returns>False when the text is no size, or none in 64 bits with sign.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (!TryParse(text, out BigInteger wide) || wide < long.MinValue || wide > long.MaxValue) return false;
        bytes = (long)wide;
        return true;
    }

    /// <summary>A size as people write it, in the largest unit of a power of 1024 in which it is a whole number: <c>30 GiB</c>.</summary>
    public static string Format(ulong bytes)
    {
        int power = bytes == 0 ? 0 : BitOperations.TrailingZeroCount(bytes) / 10;
        string unit = power == 0 ? "B" : Prefixes[power - 1] + "iB";
        return string.Create(CultureInfo.InvariantCulture, $"{bytes >> (10 * power)} {unit}");
    }

    internal static bool TryParse(string text, out BigInteger bytes)
    {
        UnitText parts = UnitText.Split(text);
        bytes = BigInteger.Zero;
        return UnitBytes(parts.Unit) is { IsZero: false } unit && ExactDecimal.TryTruncate(parts.Number, unit, out bytes);
    }

    /// <summary>Bytes of a unit; 0 when there is no such unit.</summary>
    private static BigInteger UnitBytes(string unit)
    {
        if (unit is "" or "b" or "B" or "byte" or "bytes") return BigInteger.One;
        int binary = unit.Length switch
        {
            1 => Prefixes.IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal),
            2 when unit[1] == 'i' => Prefixes.IndexOf(unit[0], StringComparison.Ordinal),
            3 when unit.EndsWith("iB", StringComparison.Ordinal) => Prefixes.IndexOf(unit[0], StringComparison.Ordinal),
            _ => Array.IndexOf(s_binary, Stem(unit)),
        };
        if (binary >= 0) return BigInteger.Pow(1024, binary + 1);

        int thousand = unit.Length == 2 && unit[1] == 'B'
            ? (unit[0] == 'k' ? 0 : Prefixes.IndexOf(unit[0], 1))
            : Array.IndexOf(s_decimal, Stem(unit));
        return thousand >= 0 ? BigInteger.Pow(1000, thousand + 1) : BigInteger.Zero;
    }

    private static string Stem(string unit)
    {
        if (unit.EndsWith("bytes", StringComparison.Ordinal)) return unit[..^5];
        return unit.EndsWith("byte", StringComparison.Ordinal) ? unit[..^4] : "";
    }
}
