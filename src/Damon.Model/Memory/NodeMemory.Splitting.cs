namespace Damon.Model.Memory;

/// <content>Splitting huge folios.</content>
public sealed partial class NodeMemory
{
    /// <summary>
    /// Splits a huge folio that holds small pages into its frames, which stay where they are and on their LRU list. What was touched as
    /// a whole is touched in each part, as the accessed bit of the one page-table entry goes into all that take its place.
    /// </summary>
    /// <param name="pfn">The folio's first frame.</param>
    /// <param name="nowUs">The virtual time, in us.</param>
    /// <exception cref="ArgumentException">No huge folio starts there.</exception>
    public void Split(ulong pfn, long nowUs)
    {
        CheckTime(nowUs);
        int first = IndexOf(pfn);
        Frame huge = _frames[first];
        if ((huge.Word & Frame.StateMask) != Frame.Huge) throw new ArgumentException($"No huge folio starts at frame {pfn}.", nameof(pfn));
        if (IsAccessed(in huge, nowUs)) huge.Word = (huge.Word & Frame.BelowCleared) | Frame.Accessed | Frame.Cleared(nowUs);
        ulong word = (huge.Word & ~Frame.StateMask) | Frame.Small;
        uint owner = huge.Owner;
        foreach (ref Frame frame in _frames.AsSpan(first, HugePages)) frame = new Frame { Word = word, Owner = owner++ };
    }
}
