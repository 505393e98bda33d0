using System.Runtime.CompilerServices;

namespace Damon.Model.Memory;

/// <summary>The memory statistics of a node, in base pages; kept up to date with every change.</summary>
public sealed class NodeCounters
{
    private static readonly int _listCount = Enum.GetValues<LruList>().Length;

    private readonly MemcgTable _memcgs;
    private readonly long[] _lru = new long[_listCount];
    private long[] _memcgLru = new long[8];
    private long[] _memcgResident = new long[8];

    internal NodeCounters(MemcgTable memcgs, long freePages)
    {
        _memcgs = memcgs;
        FreePages = freePages;
    }

    /// <summary>Pages that nobody uses.</summary>
    public long FreePages { get; private set; }

    /// <summary>Pages on one LRU list.</summary>
    public long LruPages(LruList list) => _lru[(int)list];

    /// <summary>Pages of a memcg on the active and inactive lists; unevictable and off-LRU ones are not counted.</summary>
    public long LruPages(MemcgId memcg) => At(_memcgLru, memcg);

    /// <summary>Pages charged to a memcg, in whatever state.</summary>
    public long ResidentPages(MemcgId memcg) => At(_memcgResident, memcg);

    /// <summary>Whether all figures are the same; for tests against a recount.</summary>
    public bool SameAs(NodeCounters other)
    {
        bool same = FreePages == other.FreePages && _lru.AsSpan().SequenceEqual(other._lru);
        for (int i = 0; i < _memcgs.Count && same; i++)
            same = LruPages(_memcgs[i]) == other.LruPages(_memcgs[i]) && ResidentPages(_memcgs[i]) == other.ResidentPages(_memcgs[i]);
        return same;
    }

    /// <summary>Counts a folio in (or out, when <paramref name="pages"/> is negative).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(ulong word, long pages)
    {
        FreePages -= pages;
        int memcg = Frame.MemcgIndex(word);
        if (memcg >= _memcgResident.Length) Grow(memcg);
        _memcgResident[memcg] += pages;
        if ((word & Frame.OnLru) != 0) AddLru(word, pages);
    }

    /// <summary>Counts a folio onto its LRU list (or off it, when <paramref name="pages"/> is negative).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddLru(ulong word, long pages)
    {
        LruList list = ListOf(word);
        _lru[(int)list] += pages;
        if (list != LruList.Unevictable) _memcgLru[Frame.MemcgIndex(word)] += pages;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LruList ListOf(ulong word)
    {
        if ((word & Frame.Unevictable) != 0) return LruList.Unevictable;
        bool active = (word & Frame.Active) != 0;
        if ((word & Frame.Anon) != 0) return active ? LruList.ActiveAnon : LruList.InactiveAnon;
        return active ? LruList.ActiveFile : LruList.InactiveFile;
    }

    private long At(long[] pages, MemcgId memcg)
    {
        int index = memcg.Exists ? _memcgs.Find(memcg) : -1;
        return index < 0 || index >= pages.Length ? 0 : pages[index];
    }

    private void Grow(int memcg)
    {
        int length = Math.Max(memcg + 1, _memcgResident.Length * 2);
        Array.Resize(ref _memcgResident, length);
        Array.Resize(ref _memcgLru, length);
    }
}
