using System.Globalization;

namespace Damon.Scenarios.Results;

/// <summary>Writes quantities for people, the same on every machine.</summary>
public static class Quantity
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A size with three significant digits: <c>2.79 GiB</c>; 2^64-1 bytes, no limit, is <c>max</c>.</summary>
    public static string Size(double bytes)
    {
        if (bytes >= ulong.MaxValue) return "max";
        int unit = 0;
        while (Math.Abs(bytes) >= 999.5 && unit < s_units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        string format = unit == 0 || Math.Abs(bytes) >= 99.95 ? "0" : Math.Abs(bytes) >= 9.995 ? "0.0" : "0.00";
        return bytes.ToString(format, CultureInfo.InvariantCulture) + " " + s_units[unit];
    }

    /// <summary>A share in percent with two decimals: <c>9.69%</c>.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + "%";

    /// <summary>A time: <c>45 s</c>, <c>2 m 30 s</c>, <c>1 h 0 m 5 s</c>.</summary>
    public static string Time(ulong us)
    {
        decimal seconds = us / 1_000_000m;
        ulong minutes = (ulong)(seconds / 60);
        string rest = (seconds - (minutes * 60)).ToString("0.###", CultureInfo.InvariantCulture) + " s";
        if (minutes == 0) return rest;
        string text = (minutes % 60).ToString(CultureInfo.InvariantCulture) + " m " + rest;
        return minutes < 60 ? text : (minutes / 60).ToString(CultureInfo.InvariantCulture) + " h " + text;
    }

    /// <summary>A count with thousands apart: <c>1,234</c>.</summary>
    public static string Count(ulong count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
