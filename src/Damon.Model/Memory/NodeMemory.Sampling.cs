using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Damon.Model.Memory;

/// <content>Sampling: marking folios old, and asking a little later which are young (spec section 10).</content>
public sealed partial class NodeMemory
{
    /// <summary>
    /// How many looks ahead a frame is fetched. Measured over two nodes of 27 GiB: without, marking takes almost twice as
    /// long; fewer marks more slowly, and more gains nothing and checks more slowly.
    /// </summary>
    private const int LooksAhead = 16;

    /// <summary>
    /// Marks the folios under the addresses old (damon_folio_mkold): the accessed bit is cleared and the idle flag set.
    /// </summary>
    /// <param name="addresses">Physical addresses. Those without a folio on this node's LRU are left out.</param>
    /// <param name="nowUs">The virtual time, in us.</param>
    public void MarkOld(ReadOnlySpan<ulong> addresses, long nowUs)
    {
        CheckTime(nowUs);
        for (int i = 0; i < addresses.Length; i++)
        {
            if (i + LooksAhead < addresses.Length) Prefetch(addresses[i + LooksAhead]);
            int frame = LruFolioAt(addresses[i]);
            if (frame >= 0) MakeOld(ref _frames[frame], nowUs);
        }
    }

    /// <summary>Asks which folios under the addresses are young (damon_folio_young).</summary>
    /// <param name="addresses">Physical addresses. One without a folio on this node's LRU is not young.</param>
    /// <param name="young">The answers, one for each address.</param>
    /// <param name="nowUs">The virtual time, in us.</param>
    /// <returns>How many are young.</returns>
    public int CheckYoung(ReadOnlySpan<ulong> addresses, Span<bool> young, long nowUs)
    {
        CheckTime(nowUs);
        int count = 0;
        for (int i = 0; i < addresses.Length; i++)
        {
            if (i + LooksAhead < addresses.Length) Prefetch(addresses[i + LooksAhead]);
            int frame = LruFolioAt(addresses[i]);
            bool isYoung = frame >= 0 && IsYoung(in _frames[frame], nowUs);
            young[i] = isYoung;
            if (isYoung) count++;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MakeOld(ref Frame folio, long nowUs) =>
        folio.Word = (folio.Word & Frame.BelowCleared & ~Frame.Accessed) | Frame.Idle | Frame.Cleared(nowUs);

    /// <summary>
    /// A mapped folio is young when accessed or not idle, an unmapped one when not idle. As an unmapped folio never has its
    /// accessed flag set and a touch counts for either, the rule is one for both.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsYoung(in Frame folio, long nowUs) =>
        (folio.Word & (Frame.Idle | Frame.Accessed)) != Frame.Idle
        || IsTouched(in folio, nowUs);

    /// <summary>Whether the accessed bit of a mapped folio is set now.</summary>
    private bool IsAccessed(in Frame folio, long nowUs) =>
        (folio.Word & Frame.Mapped) != 0
        && ((folio.Word & Frame.Accessed) != 0
            || IsTouched(in folio, nowUs));

    /// <summary>Whether any page of a folio was touched since its accessed bit was cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsTouched(in Frame folio, long nowUs) => (folio.Word & Frame.StateMask) == Frame.Huge
        ? Touches.HugeTouchedSince(folio.Owner, Frame.ClearedAtUs(folio.Word), nowUs)
        : Touches.TouchedSince(folio.Owner, Frame.ClearedAtUs(folio.Word), nowUs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Prefetch(ulong address)
    {
        ulong distance = (address >> _pageShift) - StartPfn;
        if (Sse.IsSupported && distance < PageCount) Sse.Prefetch0(Unsafe.AsPointer(ref _frames[distance]));
    }
}
