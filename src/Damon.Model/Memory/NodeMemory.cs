using System.Runtime.CompilerServices;
using Damon.Model.Workloads;

namespace Damon.Model.Memory;

/// <summary>
/// The memory of one NUMA node: a contiguous run of page frames and the folios in them (SCHEMA "Folio model").
/// </summary>
/// <remarks>
/// Accesses are never played. A folio knows when its accessed bit was last cleared; whether it was accessed since is asked of
/// the <see cref="Touches"/> when somebody looks. An access sets the accessed bit of a mapped folio, or clears the idle
/// flag of an unmapped one, so both need the same question: any touch in (cleared, now].
/// Times are in us of virtual time, from 0 to a little over a year. The type is not thread-safe.
/// </remarks>
public sealed partial class NodeMemory
{
    /// <summary>"No frame", where a frame number is expected.</summary>
    public const ulong NoPfn = ulong.MaxValue;

    /// <summary>"Nobody's": the owner of memory that no process maps or uses, such as a balloon's.</summary>
    public const uint NoOwner = uint.MaxValue;

    /// <summary>log2 of the size of a huge folio: 2 MiB.</summary>
    public const int HugeShift = 21;

    private readonly Frame[] _frames;
    private readonly FreeFrames _free;
    private readonly MemcgTable _memcgs = new();
    private readonly ushort[] _lruInBlock;
    private readonly int _pageShift;
    private readonly int _blockShift;
    private readonly int _skew;

    /// <summary>Creates a node whose frames are all free.</summary>
    /// <param name="startPfn">The number of its first frame.</param>
    /// <param name="pageCount">The number of its frames.</param>
    /// <param name="touches">What knows the processes' accesses; the node's own.</param>
    /// <param name="pageShift">log2 of the size of a frame: 12 (4 KiB) to 21 (2 MiB).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public NodeMemory(ulong startPfn, ulong pageCount, TouchOracle touches, int pageShift = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageShift, 12);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageShift, HugeShift);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageCount, 1UL << 30);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startPfn, (1UL << (63 - pageShift)) - pageCount);
        StartPfn = startPfn;
        PageCount = pageCount;
        Touches = touches;
        _pageShift = pageShift;
        _blockShift = HugeShift - pageShift;
        _skew = (int)(startPfn & ((1UL << _blockShift) - 1));
        int frames = (int)pageCount;

        // Pinned, so that addresses for prefetching stay right.
        _frames = GC.AllocateArray<Frame>(frames, pinned: true);
        _free = new FreeFrames(frames, _blockShift, _skew);
        _lruInBlock = new ushort[(frames + _skew + HugePages - 1) >> _blockShift];
        Counters = new NodeCounters(_memcgs, frames);
    }

    /// <summary>Bytes that the node's arrays take in the simulator itself.</summary>
    public ulong FootprintBytes =>
        ((ulong)_frames.Length * (ulong)Unsafe.SizeOf<Frame>()) + _free.FootprintBytes + ((ulong)_lruInBlock.Length * sizeof(ushort));

    /// <summary>Where free frames are looked for; null: the lowest is taken.</summary>
    public ScatteredPlaces? Scatter { get; init; }

    /// <summary>The number of the first frame.</summary>
    public ulong StartPfn { get; }

    /// <summary>The number of frames.</summary>
    public ulong PageCount { get; }

    /// <summary>The size of a frame in bytes.</summary>
    public ulong PageBytes => 1UL << _pageShift;

    /// <summary>The number of frames of a huge folio.</summary>
    public int HugePages => 1 << _blockShift;

    /// <summary>The first byte's physical address.</summary>
    public ulong StartByte => StartPfn << _pageShift;

    /// <summary>The physical address behind the last byte.</summary>
    public ulong EndByte => (StartPfn + PageCount) << _pageShift;

    /// <summary>What knows the processes' accesses: attach their patterns here.</summary>
    public TouchOracle Touches { get; }

    /// <summary>The node's statistics.</summary>
    public NodeCounters Counters { get; }

    /// <summary>Frames in use, whoever uses them.</summary>
    public ulong UsedPages => PageCount - (ulong)Counters.FreePages;

    /// <summary>Whether a frame belongs to this node.</summary>
    public bool Contains(ulong pfn) => pfn - StartPfn < PageCount;

    /// <summary>
    /// Looks up a folio as DAMON does (damon_get_folio): a tail leads to its head; a free frame, a folio that is not on the
    /// LRU and a frame of another node are no folio.
    /// </summary>
    public FolioView Look(ulong pfn)
    {
        int frame = pfn - StartPfn < PageCount ? Head((int)(pfn - StartPfn)) : -1;
        return frame >= 0 && (_frames[frame].Word & Frame.OnLru) != 0 ? View(frame) : default;
    }

    /// <summary>Looks up the folio at a frame, on the LRU or not; a free frame is no folio.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frame belongs to another node.</exception>
    public FolioView Inspect(ulong pfn)
    {
        int frame = Head(IndexOf(pfn));
        return (_frames[frame].Word & Frame.StateMask) == Frame.Free ? default : View(frame);
    }

    /// <summary>
    /// The bytes of LRU folios that lie in a range, for node_eligible_mem_bp (spec section 9); folios that are partly in it count
    /// with that part.
    /// </summary>
    /// <param name="startByte">The first address.</param>
    /// <param name="endByte">The end, exclusive. What lies outside the node is not looked at.</param>
    public ulong LruBytesIn(ulong startByte, ulong endByte)
    {
        ulong start = Math.Max(startByte, StartByte);
        ulong end = Math.Min(endByte, EndByte);
        if (start >= end) return 0;
        ulong blockBytes = 1UL << HugeShift;
        ulong bytes = 0;
        for (ulong at = start; at < end;)
        {
            ulong next = Math.Min(end, (at & ~(blockBytes - 1)) + blockBytes);
            uint onLru = _lruInBlock[BlockOf((int)((at >> _pageShift) - StartPfn))];
            if (onLru == (uint)HugePages) bytes += next - at;
            else if (onLru != 0) bytes += next - at == blockBytes ? (ulong)onLru << _pageShift : LruBytesInPart(at, next);
            at = next;
        }
        return bytes;
    }

    /// <summary>Counts everything again from the frames: what <see cref="Counters"/> must always equal.</summary>
    public NodeCounters Recount()
    {
        var counters = new NodeCounters(_memcgs, _frames.Length);
        foreach (ref readonly Frame frame in _frames.AsSpan())
        {
            ulong state = frame.Word & Frame.StateMask;
            if (state is Frame.Small or Frame.Huge) counters.Add(frame.Word, PagesOf(frame.Word));
        }
        return counters;
    }

    private ulong LruBytesInPart(ulong start, ulong end)
    {
        ulong bytes = 0;
        for (ulong at = start; at < end;)
        {
            ulong next = Math.Min(end, (at & ~(PageBytes - 1)) + PageBytes);
            if (LruFolioAt(at) >= 0) bytes += next - at;
            at = next;
        }
        return bytes;
    }

    private FolioView View(int frame)
    {
        Frame folio = _frames[frame];
        return new FolioView(
            StartPfn + (uint)frame, _memcgs[Frame.MemcgIndex(folio.Word)], folio.Owner, Frame.Flags(folio.Word),
            (folio.Word & Frame.StateMask) == Frame.Huge, Frame.ClearedAtUs(folio.Word), Exists: true);
    }

    /// <summary>The head of the LRU folio at an address, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LruFolioAt(ulong address)
    {
        ulong distance = (address >> _pageShift) - StartPfn;
        if (distance >= PageCount) return -1;
        int frame = Head((int)distance);
        return (_frames[frame].Word & Frame.OnLru) != 0 ? frame : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Head(int frame) =>
        (_frames[frame].Word & Frame.StateMask) == Frame.Tail ? ((frame + _skew) & -HugePages) - _skew : frame;

    private int BlockOf(int frame) => (frame + _skew) >> _blockShift;

    private int PagesOf(ulong word) => (word & Frame.StateMask) == Frame.Huge ? HugePages : 1;

    private int IndexOf(ulong pfn)
    {
        ulong distance = pfn - StartPfn;
        if (distance >= PageCount)
            throw new ArgumentOutOfRangeException(nameof(pfn), pfn, $"The node has frames [{StartPfn}, {StartPfn + PageCount}).");
        return (int)distance;
    }

    /// <summary>Gives a folio a new word, keeping the LRU statistics right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Change(int frame, ulong word)
    {
        ref ulong current = ref _frames[frame].Word;
        CountOnLru(frame, current, -1);
        CountOnLru(frame, word, +1);
        current = word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountOnLru(int frame, ulong word, int sign)
    {
        if ((word & Frame.OnLru) == 0) return;
        int pages = sign * PagesOf(word);
        Counters.AddLru(word, pages);
        _lruInBlock[BlockOf(frame)] += (ushort)pages;
    }

    private static void CheckTime(long nowUs)
    {
        if ((ulong)nowUs > (ulong)Frame.TimeLimitUs)
            throw new ArgumentOutOfRangeException(nameof(nowUs), nowUs, $"Virtual time lies in 0..{Frame.TimeLimitUs} us.");
    }
}
