using System.Globalization;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Results.Columns;

/// <summary>Where a reading of a host differs from another one that should be the same.</summary>
public static class ReadingDifference
{
    /// <summary>The first quantity in which they differ, in the order of the columns.</summary>
    /// <param name="found">A reading.</param>
    /// <param name="wanted">What it should be.</param>
    /// <returns>The quantity, whose it is, and both values, such as <c>node_free_bytes of 1 is 4096, not 8192</c>; null: they are the same to the last bit.</returns>
    public static string? Find(HostSample found, HostSample wanted)
    {
        QuantityList one = QuantityList.Of(found);
        QuantityList other = QuantityList.Of(wanted);
        foreach ((QuantityList.Item mine, QuantityList.Item theirs) in one.Items.Zip(other.Items))
        {
            // How many there are of something comes before what they are, so names part only behind values.
            if (mine.Bits != theirs.Bits) return $"{mine.Name}{mine.Of} is {mine.Value}, not {theirs.Value}";
        }

        return null;
    }
}

/// <summary>The quantities of a reading, one after the other.</summary>
internal sealed class QuantityList : IQuantities
{
    private readonly Stack<int> _within = new();

    /// <summary>One quantity.</summary>
    public sealed record Item(string Name, string Of, ulong Bits, bool IsReal)
    {
        public string Value => IsReal
            ? BitConverter.UInt64BitsToDouble(Bits).ToString("R", CultureInfo.InvariantCulture)
            : Bits.ToString(CultureInfo.InvariantCulture);
    }

    public List<Item> Items { get; } = [];

    public static QuantityList Of(HostSample sample)
    {
        QuantityList list = new();
        ReadingShape.Describe(list, sample);
        return list;
    }

    public ulong Number(string name, ulong value)
    {
        Items.Add(new Item(name, Whose(), value, IsReal: false));
        return value;
    }

    public double Real(string name, double value)
    {
        Items.Add(new Item(name, Whose(), BitConverter.DoubleToUInt64Bits(value), IsReal: true));
        return value;
    }

    public void Enter(int index) => _within.Push(index);

    public void Leave() => _within.Pop();

    private string Whose() => _within.Count == 0 ? "" : $" of {string.Join('.', _within.Reverse())}";
}
