using System.Runtime.CompilerServices;

namespace Damon.Model.Monitoring;

/// <summary>
/// How often each of a region's probes hit in one aggregation (sections 2 and 14): four 8-bit counters,
/// slot 0 in the lowest byte. A counter wraps from 255 to 0.
/// </summary>
/// <param name="Packed">The four counters as one number, for hashing and for copying them together.</param>
public readonly record struct ProbeHits(uint Packed)
{
    /// <summary>How many slots every region has, installed or not.</summary>
    public const int Slots = 4;

    /// <summary>Counters for slots 0 to 3.</summary>
    public static ProbeHits Of(byte slot0, byte slot1, byte slot2, byte slot3) =>
        new(slot0 | ((uint)slot1 << 8) | ((uint)slot2 << 16) | ((uint)slot3 << 24));

    /// <summary>The hits counted in a slot, 0 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Get(int slot) => (byte)(Packed >> (slot << 3));

    /// <summary>A copy where a slot, 0 to 3, holds the lowest 8 bits of <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ProbeHits With(int slot, uint value)
    {
        int shift = slot << 3;
        return new ProbeHits((Packed & ~(0xFFu << shift)) | ((value & 0xFFu) << shift));
    }

    /// <summary>A copy with one more hit in a slot, 0 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ProbeHits Hit(int slot) => With(slot, Get(slot) + 1u);
}
