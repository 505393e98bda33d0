namespace Damon.Model.Memory;

/// <content>Forgetting what no look can find out any more, so that a snapshot of the node is small.</content>
public sealed partial class NodeMemory
{
    /// <summary>
    /// Brings the times at which folios were made old into two classes: those touched since then count as made old before all times, the
    /// others as made old just now. Every later look has the same answer as without, for it asks only whether there was a touch between
    /// that time and its own.
    /// </summary>
    /// <param name="nowUs">The virtual time, in us.</param>
    /// <exception cref="InvalidOperationException">Folios are being reclaimed or migrated.</exception>
    public void SettleTouches(long nowUs)
    {
        CheckTime(nowUs);
        if (_gatheredCount > 0) throw new InvalidOperationException($"{_gatheredCount} folios are being reclaimed or migrated.");
        ulong justNow = Frame.Cleared(nowUs);
        foreach (ref Frame folio in _frames.AsSpan())
        {
            if ((folio.Word & Frame.StateMask) is Frame.Free or Frame.Tail) continue;
            folio.Word = (folio.Word & Frame.BelowCleared) | (IsTouched(in folio, nowUs) ? 0 : justNow);
        }
    }

    /// <summary>Tells which pages are in which frames, as many as there is room for.</summary>
    /// <param name="frame">The first frame to look at, counted from the node's first; the next one afterwards.</param>
    /// <param name="owners">Takes the pages, in the host's numbering.</param>
    /// <param name="pfns">Takes their folios' first frames.</param>
    /// <returns>How many; 0: there are no more.</returns>
    public int CopyPlaces(ref int frame, Span<uint> owners, Span<ulong> pfns)
    {
        int count = 0;
        for (; frame < _frames.Length && count < owners.Length; frame++)
        {
            ref readonly Frame folio = ref _frames[frame];
            if ((folio.Word & Frame.StateMask) is Frame.Free or Frame.Tail || folio.Owner == NoOwner) continue;
            (owners[count], pfns[count]) = (folio.Owner, StartPfn + (uint)frame);
            count++;
        }

        return count;
    }
}
