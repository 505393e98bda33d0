using System.Runtime.CompilerServices;

namespace Damon.Model.Memory;

/// <content>Taking and giving back frames.</content>
public sealed partial class NodeMemory
{
    private readonly Stack<int> _balloon = new();

    /// <summary>The number of frames that the balloon holds.</summary>
    public ulong BalloonPages => (ulong)_balloon.Count;

    /// <summary>
    /// Takes the lowest free frame, or the lowest aligned free run for a huge folio: the golden data's rule.
    /// </summary>
    /// <param name="owner">The global virtual page that the folio holds, or <see cref="NoOwner"/>.</param>
    /// <param name="template">What the folio is given.</param>
    /// <returns>The first frame, or <see cref="NoPfn"/> when there is no room.</returns>
    public ulong PlaceLowest(uint owner, in FolioTemplate template) =>
        Place(template.Huge ? _free.NextBlock(0) : _free.Next(0), owner, in template);

    /// <summary>
    /// Takes a frame, or an aligned run for a huge folio, where the node's policy says: the lowest, or scattered.
    /// </summary>
    /// <param name="owner">The global virtual page that the folio holds, or <see cref="NoOwner"/>.</param>
    /// <param name="template">What the folio is given.</param>
    /// <returns>The first frame, or <see cref="NoPfn"/> when there is no room.</returns>
    public ulong Allocate(uint owner, in FolioTemplate template) => Scatter is null
        ? PlaceLowest(owner, in template)
        : PlaceFrom(Scatter.Next((int)PageCount), owner, in template);

    /// <summary>Takes the first free frame (or aligned free run) at or behind a place, wrapping around at the node's end.</summary>
    /// <param name="from">The place, counted from the node's first frame.</param>
    /// <param name="owner">The global virtual page that the folio holds, or <see cref="NoOwner"/>.</param>
    /// <param name="template">What the folio is given.</param>
    /// <returns>The first frame, or <see cref="NoPfn"/> when there is no room.</returns>
    public ulong PlaceFrom(int from, uint owner, in FolioTemplate template)
    {
        int frame = template.Huge ? _free.NextBlock(from) : _free.Next(from);
        return frame >= 0 ? Place(frame, owner, in template) : PlaceLowest(owner, in template);
    }

    /// <summary>Takes the frames of a folio at a given place.</summary>
    /// <param name="pfn">Its first frame.</param>
    /// <param name="owner">The global virtual page that the folio holds, or <see cref="NoOwner"/>.</param>
    /// <param name="template">What the folio is given.</param>
    /// <exception cref="ArgumentException">A frame is taken, or a huge folio is not aligned or sticks out of the node.</exception>
    public void PlaceAt(ulong pfn, uint owner, in FolioTemplate template)
    {
        int frame = IndexOf(pfn);
        int pages = template.Huge ? HugePages : 1;
        if ((pfn & ((uint)pages - 1)) != 0 || (uint)pages > StartPfn + PageCount - pfn)
            throw new ArgumentException($"A folio of {pages} pages cannot start at frame {pfn}.", nameof(pfn));
        for (int i = frame; i < frame + pages; i++)
            if (!_free.IsFree(i))
                throw new ArgumentException($"Frame {StartPfn + (uint)i} is in use already.", nameof(pfn));
        Place(frame, owner, in template);
    }

    /// <summary>
    /// Takes frames for many folios at given places: the i-th at <c>firstPfn + i * pfnStep</c> for the virtual page
    /// <c>firstOwner + i</c>.
    /// </summary>
    /// <param name="firstPfn">The first folio's first frame.</param>
    /// <param name="pfnStep">The frames from one folio to the next.</param>
    /// <param name="firstOwner">The first folio's global virtual page.</param>
    /// <param name="count">The number of folios.</param>
    /// <param name="template">What each folio is given.</param>
    /// <exception cref="ArgumentException">As for <see cref="PlaceAt"/>.</exception>
    public void PlaceMany(ulong firstPfn, ulong pfnStep, uint firstOwner, uint count, in FolioTemplate template)
    {
        if (pfnStep == 1 && !template.Huge && count > 0) PlaceRun(firstPfn, firstOwner, (int)count, in template);
        else
            for (uint i = 0; i < count; i++) PlaceAt(firstPfn + (i * pfnStep), firstOwner + i, in template);
    }

    /// <summary>Frees a folio.</summary>
    /// <param name="pfn">Its first frame.</param>
    /// <returns>The number of pages freed.</returns>
    /// <exception cref="ArgumentException">No folio starts there, or it is gathered for reclaim or migration.</exception>
    public int Free(ulong pfn)
    {
        int frame = IndexOf(pfn);
        ulong word = _frames[frame].Word;
        if ((word & Frame.StateMask) is Frame.Free or Frame.Tail)
            throw new ArgumentException($"No folio starts at frame {pfn}.", nameof(pfn));
        if (_gathered.AsSpan(0, _gatheredCount).Contains(frame))
            throw new ArgumentException($"The folio at frame {pfn} is being reclaimed or migrated.", nameof(pfn));
        Release(frame);
        return PagesOf(word);
    }

    /// <summary>
    /// Lets the balloon hold a number of frames: it grows by taking the lowest free frames one by one until none is free
    /// (off the LRU, unmapped, nobody's), and shrinks by freeing those it took last first.
    /// </summary>
    /// <param name="pages">The number of frames wanted.</param>
    /// <returns>The number of frames it holds afterwards.</returns>
    public ulong ResizeBalloon(ulong pages)
    {
        while (BalloonPages > pages) Release(_balloon.Pop());
        var template = new FolioTemplate(MemcgId.None, FolioFlags.None);
        while (BalloonPages < pages)
        {
            ulong pfn = PlaceLowest(NoOwner, in template);
            if (pfn == NoPfn) break;
            _balloon.Push((int)(pfn - StartPfn));
        }
        return BalloonPages;
    }

    private ulong Place(int frame, uint owner, in FolioTemplate template)
    {
        if (frame < 0) return NoPfn;
        ulong word = WordOf(in template);
        _frames[frame] = new Frame { Word = word, Owner = owner };
        Counters.Add(word, PagesOf(word));
        if (template.Huge)
        {
            _free.Take(frame, HugePages);
            _frames.AsSpan(frame + 1, HugePages - 1).Fill(new Frame { Word = Frame.Tail, Owner = NoOwner });
        }
        else _free.Take(frame);
        if ((word & Frame.OnLru) != 0) _lruInBlock[BlockOf(frame)] += (ushort)PagesOf(word);
        return StartPfn + (uint)frame;
    }

    private void PlaceRun(ulong firstPfn, uint firstOwner, int count, in FolioTemplate template)
    {
        int first = IndexOf(firstPfn);
        IndexOf(firstPfn + (uint)count - 1);
        Span<Frame> frames = _frames.AsSpan(first, count);
        for (int i = 0; i < frames.Length; i++)
            if ((frames[i].Word & Frame.StateMask) != Frame.Free)
                throw new ArgumentException($"Frame {firstPfn + (uint)i} is in use already.", nameof(firstPfn));
        ulong word = WordOf(in template);
        for (int i = 0; i < frames.Length; i++) frames[i] = new Frame { Word = word, Owner = firstOwner + (uint)i };
        _free.Take(first, count);
        Counters.Add(word, count);
        if ((word & Frame.OnLru) == 0) return;
        for (int at = first; at < first + count;)
        {
            int next = Math.Min(first + count, ((BlockOf(at) + 1) << _blockShift) - _skew);
            _lruInBlock[BlockOf(at)] += (ushort)(next - at);
            at = next;
        }
    }

    private void Release(int frame)
    {
        ulong word = _frames[frame].Word;
        int pages = PagesOf(word);
        Counters.Add(word, -pages);
        if ((word & Frame.OnLru) != 0) _lruInBlock[BlockOf(frame)] -= (ushort)pages;
        _frames.AsSpan(frame, pages).Clear();
        if (pages == 1) _free.Release(frame);
        else _free.Release(frame, pages);
    }

    /// <summary>A new folio's word. Only a mapped folio has an accessed bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong WordOf(in FolioTemplate template)
    {
        if (template.ClearedAtUs is < -1 or > Frame.TimeLimitUs)
            throw new ArgumentOutOfRangeException(nameof(template), template.ClearedAtUs, $"Virtual time lies in -1..{Frame.TimeLimitUs} us.");
        ulong flags = (ulong)template.Flags & Frame.FlagsMask;
        if ((flags & Frame.Mapped) == 0) flags &= ~Frame.Accessed;
        return (template.Huge ? Frame.Huge : Frame.Small)
            | flags
            | (ulong)_memcgs.FindOrAdd(template.Memcg) << Frame.MemcgShift
            | Frame.Cleared(template.ClearedAtUs);
    }
}
