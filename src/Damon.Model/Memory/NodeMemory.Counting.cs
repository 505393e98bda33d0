namespace Damon.Model.Memory;

/// <content>Full counts of the pages in ranges, by kind.</content>
public sealed partial class NodeMemory
{
    /// <summary>Anon, active and huge: three bits beside the memcg's index.</summary>
    private const int KindBits = 3;

    private ulong[] _bytesOfKind = [];

    /// <summary>
    /// Counts the folios on the LRU in a range by kind. One that is partly in the range counts with that part.
    /// </summary>
    /// <param name="startByte">The first address.</param>
    /// <param name="endByte">The end, exclusive. What lies outside the node is not looked at.</param>
    /// <param name="tally">Gets them added.</param>
    public void CountPages(ulong startByte, ulong endByte, PageTally tally)
    {
        ulong start = Math.Max(startByte, StartByte);
        ulong end = Math.Min(endByte, EndByte);
        if (start >= end) return;
        ulong looks = 0;
        ReserveKinds();
        for (ulong at = start; at < end;)
        {
            if (EndOfEmptyBlock(at, end) is var behind && behind > at)
            {
                looks += BasePages(behind - at);
                at = behind;
                continue;
            }

            int frame = LruFolioAt(at);
            ulong word = frame < 0 ? 0 : _frames[frame].Word;
            bool huge = (word & Frame.StateMask) == Frame.Huge && frame >= 0;
            ulong folioBytes = huge ? 1UL << HugeShift : PageBytes;
            ulong next = Math.Min((at & ~(folioBytes - 1)) + folioBytes, end);
            if (frame >= 0) _bytesOfKind[KindIndex(word, huge)] += next - at;
            looks += huge ? 1 : BasePages(next - at);
            at = next;
        }

        tally.AddLooks(looks);
        Flush(tally);
    }

    /// <summary>Counts parts of folios that a page table maps, those on the LRU, by kind.</summary>
    /// <param name="addresses">Physical addresses of the folios' first frames.</param>
    /// <param name="bytes">How much of each is meant, side by side with the addresses.</param>
    /// <param name="tally">Gets them added.</param>
    public void CountMapped(ReadOnlySpan<ulong> addresses, ReadOnlySpan<uint> bytes, PageTally tally)
    {
        ulong looks = 0;
        ReserveKinds();
        for (int i = 0; i < addresses.Length; i++)
        {
            ulong word = _frames[HeadAt(addresses[i])].Word;
            bool huge = (word & Frame.StateMask) == Frame.Huge;
            if ((word & Frame.OnLru) != 0) _bytesOfKind[KindIndex(word, huge)] += bytes[i];
            looks += huge ? 1 : BasePages(bytes[i]);
        }

        tally.AddLooks(looks);
        Flush(tally);
    }

    /// <summary>How far there is nothing on the LRU, at least to the end of a block that begins here; where it does not, or has some, here.</summary>
    private ulong EndOfEmptyBlock(ulong at, ulong end)
    {
        const ulong BlockBytes = 1UL << HugeShift;
        while ((at & (BlockBytes - 1)) == 0 && at < end && _lruInBlock[BlockOf((int)((at >> _pageShift) - StartPfn))] == 0)
            at = Math.Min(at + BlockBytes, end);
        return at;
    }

    private static ulong BasePages(ulong bytes) => (bytes + 4095) >> 12;

    private static int KindIndex(ulong word, bool huge) => (Frame.MemcgIndex(word) << KindBits)
        | ((word & Frame.Anon) != 0 ? 4 : 0) | ((word & Frame.Active) != 0 ? 2 : 0) | (huge ? 1 : 0);

    private void ReserveKinds()
    {
        int kinds = _memcgs.Count << KindBits;
        if (_bytesOfKind.Length < kinds) _bytesOfKind = new ulong[kinds];
    }

    private void Flush(PageTally tally)
    {
        for (int i = 0; i < _bytesOfKind.Length; i++)
        {
            if (_bytesOfKind[i] == 0) continue;
            tally.Add(new PageKind(_memcgs[i >> KindBits], (i & 4) != 0, (i & 2) != 0, (i & 1) != 0), _bytesOfKind[i]);
            _bytesOfKind[i] = 0;
        }
    }
}
