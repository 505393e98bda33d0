using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Damon.Model.Memory;

/// <summary>
/// One page frame, packed so that a look at a folio costs one cache line: 12 bytes.
/// </summary>
/// <remarks>
/// The word, from bit 0: state (2 bits), the <see cref="FolioFlags"/> (bits 2-8), the memcg's index in its node (10 bits,
/// 0 = none), and one more than the time in us at which the accessed bit was last cleared (45 bits; 0 = before time 0, so
/// that touches at time 0 count). A free or tail frame has nothing but its state.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct Frame
{
    public const ulong StateMask = 3;
    public const ulong Free = 0;
    public const ulong Small = 1;
    public const ulong Huge = 2;
    public const ulong Tail = 3;
    public const ulong FlagsMask = 0x1fc;
    public const int MemcgShift = 9;
    public const int MemcgMax = 1023;
    public const ulong MemcgMask = (ulong)MemcgMax << MemcgShift;
    public const int ClearedShift = 19;
    public const ulong BelowCleared = (1UL << ClearedShift) - 1;

    /// <summary>Times must lie below this (a little over a year of virtual time), in us.</summary>
    public const long TimeLimitUs = (1L << 45) - 2;

    public const ulong Mapped = (ulong)FolioFlags.Mapped;
    public const ulong Accessed = (ulong)FolioFlags.Accessed;
    public const ulong Idle = (ulong)FolioFlags.Idle;
    public const ulong OnLru = (ulong)FolioFlags.OnLru;
    public const ulong Active = (ulong)FolioFlags.Active;
    public const ulong Anon = (ulong)FolioFlags.Anon;
    public const ulong Unevictable = (ulong)FolioFlags.Unevictable;

    public ulong Word;
    public uint Owner;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Cleared(long clearedAtUs) => (ulong)(clearedAtUs + 1) << ClearedShift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ClearedAtUs(ulong word) => (long)(word >> ClearedShift) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MemcgIndex(ulong word) => (int)(word >> MemcgShift) & MemcgMax;

    public static FolioFlags Flags(ulong word) => (FolioFlags)(word & FlagsMask);
}
