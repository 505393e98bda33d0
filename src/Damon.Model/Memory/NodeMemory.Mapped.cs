namespace Damon.Model.Memory;

/// <content>
/// What is done to folios that were found through a page table (spec sections 10 and 14). Unlike a look by frame
/// number, an entry leads to its folio on the LRU or not.
/// </content>
public sealed partial class NodeMemory
{
    /// <summary>Asks which mapped folios are young, whether they are on the LRU or not (damon_va_young).</summary>
    /// <param name="addresses">Physical addresses of the folios' first frames.</param>
    /// <param name="young">The answers, one for each address.</param>
    /// <param name="nowUs">The virtual time, in us.</param>
    public void CheckMapped(ReadOnlySpan<ulong> addresses, Span<bool> young, long nowUs)
    {
        CheckTime(nowUs);
        for (int i = 0; i < addresses.Length; i++) young[i] = IsYoung(in _frames[HeadAt(addresses[i])], nowUs);
    }

    /// <summary>
    /// Lets filters judge folios. A young filter makes what it finds young old, if the folio is on the LRU.
    /// </summary>
    /// <param name="addresses">Physical addresses of the folios' first frames.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="verdicts">The answers, one for each address.</param>
    /// <param name="nowUs">The virtual time, in us.</param>
    public void Judge(ReadOnlySpan<ulong> addresses, FolioFilterSet filters, Span<FolioVerdict> verdicts, long nowUs)
    {
        CheckTime(nowUs);
        ReadOnlySpan<FolioTest> tests = TestsOf(filters);
        for (int i = 0; i < addresses.Length; i++)
        {
            ref Frame folio = ref _frames[HeadAt(addresses[i])];
            bool passes = !IsFilteredOut(ref folio, tests, filters.DefaultReject, nowUs);
            bool onLru = (folio.Word & Frame.OnLru) != 0;
            verdicts[i] = (passes ? FolioVerdict.Passes : 0) | (onLru ? FolioVerdict.OnLru : 0);
        }
    }

    /// <summary>Takes the folios that are on the LRU off it and gathers them in this order.</summary>
    /// <param name="addresses">Physical addresses of the folios' first frames.</param>
    /// <param name="unevictableToo">Whether unevictable ones are gathered as well.</param>
    public void Gather(ReadOnlySpan<ulong> addresses, bool unevictableToo)
    {
        foreach (ulong address in addresses)
        {
            int frame = HeadAt(address);
            ulong word = _frames[frame].Word;
            if ((word & Frame.OnLru) != 0 && (unevictableToo || (word & Frame.Unevictable) == 0)) Isolate(frame);
        }
    }

    /// <summary>
    /// Makes the folios that are on the LRU look unused to reclaim (madvise(MADV_COLD)): the accessed bit is cleared and they go
    /// to the inactive list. The idle flag stays, as this is no look of DAMON's.
    /// </summary>
    /// <param name="addresses">Physical addresses of the folios' first frames.</param>
    /// <param name="nowUs">The virtual time, in us.</param>
    public void Cool(ReadOnlySpan<ulong> addresses, long nowUs)
    {
        CheckTime(nowUs);
        foreach (ulong address in addresses)
        {
            int frame = HeadAt(address);
            ulong word = _frames[frame].Word;
            if ((word & Frame.OnLru) == 0) continue;
            if ((word & Frame.Unevictable) == 0) word &= ~Frame.Active;
            Change(frame, (word & Frame.BelowCleared & ~Frame.Accessed) | Frame.Cleared(nowUs));
        }
    }

    private int HeadAt(ulong address) => Head(IndexOf(address >> _pageShift));
}
