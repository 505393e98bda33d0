using Damon.Model.Snapshots;

namespace Damon.Model.Memory;

/// <content>What becomes of isolated folios: reclaim, migration to another node, or back to the LRU.</content>
public sealed partial class NodeMemory
{
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private int[] _gathered = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private FolioRecord[] _records = [];
    private int _gatheredCount;

    /// <summary>The number of folios that are gathered, off the LRU.</summary>
    public int GatheredCount => _gatheredCount;

    /// <summary>The number of frames of the gathered folios.</summary>
    public ulong GatheredPages
    {
        get
        {
            ulong pages = 0;
            foreach (int frame in _gathered.AsSpan(0, _gatheredCount)) pages += (ulong)PagesOf(_frames[frame].Word);
            return pages;
        }
    }

    /// <summary>Takes one folio off the LRU and gathers it.</summary>
    /// <param name="pfn">A frame of the folio.</param>
    /// <returns>False when there is no folio on the LRU.</returns>
    public bool Isolate(ulong pfn)
    {
        int frame = Head(IndexOf(pfn));
        if ((_frames[frame].Word & Frame.OnLru) == 0) return false;
        Isolate(frame);
        return true;
    }

    /// <summary>
    /// Reclaims the gathered folios (reclaim_pages): all lose their place on an active list; unevictable ones and, when
    /// <paramref name="skipAccessed"/>, mapped ones whose accessed bit is set now are put back, the others freed.
    /// </summary>
    /// <param name="skipAccessed">Whether accesses are looked at; the kernel ignores them.</param>
    /// <param name="nowUs">The virtual time, in us.</param>
    /// <param name="freedOwners">Gets the owners of what was freed, in the order of the walk.</param>
    /// <param name="store">Where contents are kept; a folio that it does not take is put back. Null: they are lost.</param>
    /// <returns>The number of pages freed.</returns>
    public int ReclaimGathered(bool skipAccessed, long nowUs, List<uint> freedOwners, IBackingStore? store = null)
    {
        CheckTime(nowUs);
        int pages = 0;
        foreach (int frame in _gathered.AsSpan(0, _gatheredCount))
        {
            ref Frame folio = ref _frames[frame];
            folio.Word &= ~Frame.Active;
            if ((folio.Word & Frame.Unevictable) != 0 || (skipAccessed && IsAccessed(in folio, nowUs)))
            {
                PutBack(frame);
                continue;
            }
            if (store is not null && !store.TryTake(folio.Owner, Frame.Flags(folio.Word), PagesOf(folio.Word)))
            {
                PutBack(frame);
                continue;
            }
            pages += PagesOf(folio.Word);
            if (folio.Owner != NoOwner) freedOwners.Add(folio.Owner);
            Release(frame);
        }
        _gatheredCount = 0;
        return pages;
    }

    /// <summary>Puts all gathered folios back on the LRU.</summary>
    public void PutBackGathered()
    {
        foreach (int frame in _gathered.AsSpan(0, _gatheredCount)) PutBack(frame);
        _gatheredCount = 0;
    }

    /// <summary>
    /// Describes the gathered folios for another node to <see cref="Adopt"/>, the one gathered last first: the order in which the
    /// kernel migrates. They stay gathered until <see cref="CompleteMigration"/>.
    /// </summary>
    /// <returns>The records, valid until folios are gathered again.</returns>
    public ReadOnlySpan<FolioRecord> TakeGathered()
    {
        if (_records.Length < _gatheredCount) _records = new FolioRecord[_gathered.Length];
        for (int i = 0; i < _gatheredCount; i++)
        {
            int frame = _gathered[_gatheredCount - 1 - i];
            Frame folio = _frames[frame];
            _records[i] = new FolioRecord(
                StartPfn + (uint)frame, folio.Owner, _memcgs[Frame.MemcgIndex(folio.Word)], Frame.Flags(folio.Word),
                (folio.Word & Frame.StateMask) == Frame.Huge, Frame.ClearedAtUs(folio.Word));
        }
        return _records.AsSpan(0, _gatheredCount);
    }

    /// <summary>
    /// Takes in folios from another node, each where <see cref="Allocate"/> says, with
    /// everything that is known of them. One that finds no room fails, and the next is tried.
    /// </summary>
    /// <param name="folios">The folios, in the order in which they are tried.</param>
    /// <param name="newPfns">Gets the new first frame of each, or <see cref="NoPfn"/>.</param>
    /// <returns>The number of pages taken in.</returns>
    public int Adopt(ReadOnlySpan<FolioRecord> folios, Span<ulong> newPfns)
    {
        int pages = 0;
        for (int i = 0; i < folios.Length; i++)
        {
            ref readonly FolioRecord folio = ref folios[i];
            var template = new FolioTemplate(folio.Memcg, folio.Flags | FolioFlags.OnLru, folio.Huge, folio.ClearedAtUs);
            newPfns[i] = Allocate(folio.Owner, in template);
            if (newPfns[i] != NoPfn) pages += folio.Huge ? HugePages : 1;
        }
        return pages;
    }

    /// <summary>Ends a migration on the source node: frees the folios that moved, and puts back those that failed.</summary>
    /// <param name="newPfns">What <see cref="Adopt"/> answered for the folios of <see cref="TakeGathered"/>.</param>
    /// <returns>The number of pages that left.</returns>
    /// <exception cref="ArgumentException">The answers are not for the folios that are gathered.</exception>
    public int CompleteMigration(ReadOnlySpan<ulong> newPfns)
    {
        if (newPfns.Length != _gatheredCount)
            throw new ArgumentException($"{_gatheredCount} folios are gathered, and {newPfns.Length} answers came.", nameof(newPfns));
        int pages = 0;
        for (int i = 0; i < newPfns.Length; i++)
        {
            int frame = _gathered[_gatheredCount - 1 - i];
            if (newPfns[i] == NoPfn)
            {
                PutBack(frame);
                continue;
            }
            pages += PagesOf(_frames[frame].Word);
            Release(frame);
        }
        _gatheredCount = 0;
        return pages;
    }

    private void Isolate(int frame)
    {
        if (_gatheredCount == _gathered.Length) Array.Resize(ref _gathered, Math.Max(64, _gathered.Length * 2));
        _gathered[_gatheredCount++] = frame;
        Change(frame, _frames[frame].Word & ~Frame.OnLru);
    }

    private void PutBack(int frame) => Change(frame, _frames[frame].Word | Frame.OnLru);
}
