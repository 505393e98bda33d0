using System.Globalization;

namespace Damon.Scenarios.Explaining.Prose;

/// <summary>Writes amounts for people, with at most three decimals.</summary>
internal static class Amounts
{
    private static readonly string[] _sizes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>"2.616 GiB"; the largest number means no limit.</summary>
    public static string Bytes(ulong bytes)
    {
        if (bytes == ulong.MaxValue) return "any size";
        int unit = 0;
        double value = bytes;
        for (; value >= 1024 && unit < _sizes.Length - 1; unit++) value /= 1024;
        return $"{Short(value)} {_sizes[unit]}";
    }

    /// <summary>"5 ms", "1.5 s", "2 min"; the largest number means never.</summary>
    public static string Microseconds(ulong us) => us switch
    {
        ulong.MaxValue => "for ever",
        < 1_000 => $"{us} us",
        < 1_000_000 => $"{Short(us / 1e3)} ms",
        < 120_000_000 => $"{Short(us / 1e6)} s",
        < 7_200_000_000 => $"{Short(us / 60e6)} min",
        _ => $"{Short(us / 3600e6)} h",
    };

    /// <summary>As <see cref="Microseconds"/>.</summary>
    public static string Milliseconds(ulong ms) => Microseconds(ms > ulong.MaxValue / 1000 ? ulong.MaxValue : ms * 1000);

    /// <summary>"9.69%".</summary>
    public static string BasisPoints(ulong bp) => $"{Short(bp / 100.0)}%";

    /// <summary>The bytes that basis points of a size are, rounded up: what it takes to reach a goal.</summary>
    public static ulong Share(ulong bp, ulong bytes) => (ulong)UInt128.Min((((UInt128)bytes * bp) + 9_999) / 10_000, ulong.MaxValue);

    /// <summary>A number as it is.</summary>
    public static string Number(double value) => Short(value);

    /// <summary>A whole number with its noun.</summary>
    public static string Count(ulong count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Short(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
