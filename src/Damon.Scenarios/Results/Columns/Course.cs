namespace Damon.Scenarios.Results.Columns;

/// <summary>Whose course over time a series of values is.</summary>
/// <param name="Name">The quantity.</param>
/// <param name="Host">The host's place in the chunk.</param>
/// <param name="Place">Which of several things of a kind, and within it, 16 bits each; 0: there is only one.</param>
internal readonly record struct CourseKey(string Name, int Host, ulong Place)
{
    /// <summary>The place of one of several things within a place.</summary>
    public static ulong Within(ulong place, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ushort.MaxValue);
        return (place << 16) | (uint)(index + 1);
    }
}

/// <summary>The values of one quantity one after the other, as far as they are known.</summary>
/// <param name="key">Whose they are.</param>
/// <param name="isReal">Whether they are the bits of real numbers.</param>
internal sealed class Course(CourseKey key, bool isReal)
{
    private readonly List<ulong> _values = [];
    private int _next;

    public CourseKey Key { get; } = key;

    public void Add(ulong value) => _values.Add(value);

    /// <summary>The next value that was not taken yet.</summary>
    public ulong Take() => _next < _values.Count ? _values[_next++] : throw new ChunkException($"the course of {Key.Name} ends early");

    /// <summary>Whether all values were taken.</summary>
    public bool IsTaken => _next == _values.Count;

    /// <summary>Writes the values, as differences: counters grow slowly, and most gauges stay near.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_values.Count);
        ulong last = 0;
        foreach (ulong value in _values)
        {
            writer.Write7BitEncodedInt64((long)(isReal ? value ^ last : ZigZag(value - last)));
            last = value;
        }
    }

    /// <summary>Reads values.</summary>
    public void Read(BinaryReader reader)
    {
        int count = reader.Read7BitEncodedInt();
        ulong last = 0;
        for (int i = 0; i < count; i++)
        {
            ulong read = (ulong)reader.Read7BitEncodedInt64();
            last = isReal ? read ^ last : UnZigZag(read) + last;
            Add(last);
        }
    }

    private static ulong ZigZag(ulong difference) => (ulong)(((long)difference << 1) ^ ((long)difference >> 63));

    private static ulong UnZigZag(ulong coded) => (coded >> 1) ^ (ulong)-(long)(coded & 1);
}
