using System.Numerics;

namespace Damon.Scenarios.Fleets.Tenants;

/// <summary>How often which slowdown was felt: exact to one part in 8,192, however many were told, and whole numbers alone.</summary>
public sealed class SlowdownHistogram
{
    private const int MantissaBits = 13;

    private readonly SortedDictionary<int, ulong> _counts = [];

    /// <summary>How many were told.</summary>
    public ulong Count { get; private set; }

    /// <summary>The greatest, bp; 0: none was told.</summary>
    public ulong GreatestBp { get; private set; }

    /// <summary>Adds one.</summary>
    /// <param name="slowdownBp">The slowdown, bp: 10,000 is none.</param>
    public void Add(ulong slowdownBp)
    {
        int bucket = BucketOf(slowdownBp);
        _counts[bucket] = _counts.GetValueOrDefault(bucket) + 1;
        Count++;
        GreatestBp = Math.Max(GreatestBp, slowdownBp);
    }

    /// <summary>The least value of the bucket that a share of all do not exceed, bp; 0: none was told.</summary>
    /// <param name="percent">The share, 0..100.</param>
    public ulong PercentileBp(int percent)
    {
        ulong wanted = Math.Max(1, ((Count * (ulong)percent) + 99) / 100);
        ulong seen = 0;
        foreach ((int bucket, ulong count) in _counts)
        {
            if ((seen += count) >= wanted) return LeastOf(bucket);
        }

        return 0;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(GreatestBp);
        writer.Write7BitEncodedInt(_counts.Count);
        foreach ((int bucket, ulong count) in _counts)
        {
            writer.Write7BitEncodedInt(bucket);
            writer.Write(count);
        }
    }

    internal void Load(BinaryReader reader)
    {
        GreatestBp = reader.ReadUInt64();
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            int bucket = reader.Read7BitEncodedInt();
            Count += _counts[bucket] = reader.ReadUInt64();
        }
    }

    /// <summary>Numbers that agree in their first fourteen bits, and in how many bits they have, are one bucket.</summary>
    private static int BucketOf(ulong value)
    {
        int shift = Math.Max(0, BitOperations.Log2(value | 1) - MantissaBits);
        return (shift << (MantissaBits + 1)) | (int)(value >> shift);
    }

    private static ulong LeastOf(int bucket) => ((ulong)bucket & ((1UL << (MantissaBits + 1)) - 1)) << (bucket >> (MantissaBits + 1));
}
