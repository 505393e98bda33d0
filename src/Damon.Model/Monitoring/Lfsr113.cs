using System.Runtime.CompilerServices;

namespace Damon.Model.Monitoring;

/// <summary>
/// L'Ecuyer's LFSR113, the random numbers of one context (section 1): four 32-bit words, each stepped by a
/// shift register of its own, their exclusive or being the output.
/// </summary>
public sealed class Lfsr113
{
    private uint _s1;
    private uint _s2;
    private uint _s3;
    private uint _s4;

    /// <summary>Seeds all four words from one number; each is raised to the least value that its register needs.</summary>
    public Lfsr113(ulong seed)
    {
        uint word = (uint)((seed >> 32) ^ (seed << 10) ^ seed);
        State = (AtLeast(word, 2), AtLeast(word, 8), AtLeast(word, 16), AtLeast(word, 128));
    }

    /// <summary>The four words, for snapshots and for comparing streams.</summary>
    public (uint S1, uint S2, uint S3, uint S4) State
    {
        get => (_s1, _s2, _s3, _s4);
        set => (_s1, _s2, _s3, _s4) = value;
    }

    /// <summary>The next 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Next()
    {
        _s1 = Step(_s1, 6, 13, 0xFFFFFFFE, 18);
        _s2 = Step(_s2, 2, 27, 0xFFFFFFF8, 2);
        _s3 = Step(_s3, 13, 21, 0xFFFFFFF0, 7);
        _s4 = Step(_s4, 3, 12, 0xFFFFFF80, 13);
        return _s1 ^ _s2 ^ _s3 ^ _s4;
    }

    /// <summary>
    /// A number in [left, right), or left when the two are equal. Takes one output, or two, the high word
    /// first, when the span needs more than 32 bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Between(ulong left, ulong right)
    {
        ulong span = right - left;
        if (span <= uint.MaxValue) return left + ((Next() * span) >> 32);

        ulong high = (ulong)Next() << 32;
        return left + Math.BigMul(high | Next(), span, out _);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Step(uint word, int up, int down, uint kept, int shift) =>
        ((word & kept) << shift) ^ (((word << up) ^ word) >> down);

    private static uint AtLeast(uint word, uint least) => word < least ? word + least : word;
}
