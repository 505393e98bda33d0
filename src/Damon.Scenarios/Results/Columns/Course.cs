namespace Damon.Scenarios.Results.Columns;

/// <summary>The values of one quantity of one host one after the other, as far as they are known.</summary>
/// <param name="name">The quantity.</param>
/// <param name="host">The host's place in the chunk.</param>
/// <param name="place">Which of several things of a kind (see <see cref="Track"/>).</param>
/// <param name="isReal">Whether they are the bits of real numbers.</param>
internal sealed class Course(string name, int host, ulong place, bool isReal)
{
    // A chunk has the values of a few readings as a rule.
    private const int LeastRoom = 4;

    private ulong[] _values = [];
    private int _count;
    private int _next;

    /// <summary>The host's place in the chunk.</summary>
    public int Host => host;

    /// <summary>Which of several things of a kind.</summary>
    public ulong Place => place;

    public void Add(ulong value)
    {
        if (_count == _values.Length) Array.Resize(ref _values, Math.Max(LeastRoom, _count * 2));
        _values[_count++] = value;
    }

    /// <summary>The next value that was not taken yet.</summary>
    public ulong Take() => _next < _count ? _values[_next++] : throw new ChunkException($"the course of {name} ends early");

    /// <summary>Whether all values were taken.</summary>
    public bool IsTaken => _next == _count;

    /// <summary>Writes the values, as differences: counters grow slowly, and most gauges stay near.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_count);
        ulong last = 0;
        foreach (ulong value in _values.AsSpan(0, _count))
        {
            writer.Write7BitEncodedInt64((long)(isReal ? value ^ last : ZigZag(value - last)));
            last = value;
        }
    }

    /// <summary>Reads values.</summary>
    public void Read(BinaryReader reader)
    {
        int count = reader.Read7BitEncodedInt();
        // Each takes a byte at least, whatever a damaged chunk says.
        _values = new ulong[Math.Clamp(count, 0, reader.BaseStream.Length - reader.BaseStream.Position)];
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
