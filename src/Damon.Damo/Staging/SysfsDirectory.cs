using System.Globalization;
using System.Numerics;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Staging;

/// <summary>
/// A directory that is being written to: records every write and returns what the kernel makes of it. Numbers lose their fraction;
/// what does not fit the kernel's type gives a notice.
/// </summary>
internal readonly record struct SysfsDirectory(string Prefix, List<SysfsWrite> Writes, ICollection<Notice> Notices)
{
    internal SysfsDirectory In(string name) => this with { Prefix = $"{Prefix}{name}/" };

    internal SysfsDirectory In(int index) => In(index.ToString(CultureInfo.InvariantCulture));

    internal void Put(string file, string text) => Writes.Add(new(Prefix + file, text));

    internal bool PutYesNo(string file, bool value)
    {
        Put(file, value ? "Y" : "N");
        return value;
    }

    /// <summary>Writes a count of directories; the kernel makes them.</summary>
    internal void PutCount(string file, int count)
    {
        if (count > 0) Put(file, count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes an unsigned number without its fraction.</summary>
    internal ulong Put(string file, Number value)
    {
        BigInteger whole = Truncate(file, value);
        Put(file, whole.ToString(CultureInfo.InvariantCulture));
        if (whole.Sign < 0) NoticeRefusal(file, whole, $"0 to {ulong.MaxValue}");
        if (whole > ulong.MaxValue) NoticeRefusal(file, whole, $"0 to {ulong.MaxValue}");
        return whole.Sign < 0 ? 0 : whole > ulong.MaxValue ? ulong.MaxValue : (ulong)whole;
    }

    /// <summary>Writes a node id, which the kernel keeps as a signed 32-bit number.</summary>
    internal int PutNid(string file, Number value)
    {
        BigInteger whole = Truncate(file, value);
        Put(file, whole.ToString(CultureInfo.InvariantCulture));
        if (whole >= int.MinValue && whole <= int.MaxValue) return (int)whole;
        NoticeRefusal(file, whole, $"{int.MinValue} to {int.MaxValue}");
        return -1;
    }

    /// <summary>Writes a number that damo itself keeps below 2^64.</summary>
    internal ulong PutClamped(string file, Number value) => Put(file, value < Number.Max ? Number.Whole(value.Truncate()) : Clamp(value));

    private static Number Clamp(Number value)
    {
        value.Truncate();
        return Number.Max;
    }

    private BigInteger Truncate(string file, Number value)
    {
        BigInteger whole = value.Truncate();
        Number meant = Meant(value);
        if (meant != Number.Whole(whole))
            Notices.Add(new(NoticeCode.Truncated, $"{Prefix}{file} gets {whole}: {value} loses its fraction", Prefix + file));
        return whole;
    }

    /// <summary>The value without the dust of binary arithmetic: 969.9999999999999 was meant to be 970.</summary>
    internal static Number Meant(Number value)
    {
        if (!value.IsReal) return value;
        double real = value.ToDouble(), near = Math.Round(real);
        return Math.Abs(real - near) <= 1e-9 * Math.Max(1, Math.Abs(real)) ? Number.Real(near) : value;
    }

    private void NoticeRefusal(string file, BigInteger value, string allowed) =>
        Notices.Add(new(NoticeCode.KernelRefuses, $"the kernel refuses {value} in {Prefix}{file}; allowed is {allowed}", Prefix + file));
}
