using Damon.Model.Memory;

namespace Damon.Model.Tests.Memory;

/// <summary>A node that does everything the slow, obvious way: the oracle of <see cref="NodeMemoryProperties"/>.</summary>
internal sealed class NaiveNode(ulong startPfn, ulong pageCount, int pageShift)
{
    private readonly Stack<NaiveFolio> _balloon = new();

    public ulong StartPfn => startPfn;

    public ulong EndPfn => startPfn + pageCount;

    public int HugePages { get; } = 1 << (21 - pageShift);

    public List<NaiveFolio> Folios { get; } = [];

    public List<NaiveFolio> Gathered { get; } = [];

    public IEnumerable<NaiveFolio> MovableFolios => Folios.Where(f => !_balloon.Contains(f));

    public NaiveFolio? At(ulong pfn) => Folios.Find(f => pfn >= f.Pfn && pfn < f.Pfn + (ulong)f.Pages);

    public NaiveFolio? Look(ulong address) => At(address >> pageShift) is { OnLru: true } folio ? folio : null;

    public ulong FreePages => pageCount - (ulong)Folios.Sum(f => f.Pages);

    public ulong PlaceLowest(NaiveFolio folio) => PlaceFrom(folio, startPfn);

    public ulong PlaceFrom(int place, NaiveFolio folio)
    {
        ulong from = startPfn + (uint)place;
        if (folio.Pages > 1) from -= from % (ulong)HugePages;
        ulong pfn = PlaceFrom(folio, from);
        return pfn != NodeMemory.NoPfn ? pfn : PlaceLowest(folio);
    }

    public void PlaceAt(NaiveFolio folio, ulong pfn)
    {
        folio.Pfn = pfn;
        Folios.Add(folio);
    }

    public ulong ResizeBalloon(ulong pages)
    {
        while ((ulong)_balloon.Count > pages) Folios.Remove(_balloon.Pop());
        while ((ulong)_balloon.Count < pages)
        {
            var folio = new NaiveFolio();
            if (PlaceLowest(folio) == NodeMemory.NoPfn) break;
            _balloon.Push(folio);
        }
        return (ulong)_balloon.Count;
    }

    public WalkResult Walk(WalkRequest request)
    {
        ulong passed = 0, applied = 0, last = NodeMemory.NoPfn, at = request.StartByte;
        while (at < request.EndByte)
        {
            NaiveFolio? folio = Look(at);
            last = folio?.Pfn ?? NodeMemory.NoPfn;
            if (folio is null || folio.Pfn == request.LastFolioPfn)
            {
                at += 1UL << pageShift;
                continue;
            }
            ulong bytes = (ulong)folio.Pages << pageShift;
            at = (at & ~(bytes - 1)) + bytes;
            if (FilteredOut(folio, request.Filters)) continue;
            passed += bytes;
            if (request.Action is WalkAction.LruPrio or WalkAction.LruDeprio) applied += bytes;
            Act(folio, request.Action);
        }
        return new WalkResult(passed, applied, last, at);
    }

    public (int Pages, List<uint> Owners) Reclaim(bool skipAccessed)
    {
        int pages = 0;
        var owners = new List<uint>();
        foreach (NaiveFolio folio in Gathered)
        {
            folio.Active = false;
            if (folio.Unevictable || (skipAccessed && folio.Mapped && folio.Accessed))
            {
                folio.OnLru = true;
                continue;
            }
            pages += folio.Pages;
            Folios.Remove(folio);
            if (folio.Owner != NodeMemory.NoOwner) owners.Add(folio.Owner);
        }
        Gathered.Clear();
        return (pages, owners);
    }

    public int MigrateTo(NaiveNode target)
    {
        int pages = 0;
        foreach (NaiveFolio folio in Enumerable.Reverse(Gathered))
        {
            ulong source = folio.Pfn;
            folio.OnLru = true;
            if (target.PlaceLowest(folio) == NodeMemory.NoPfn) folio.Pfn = source;
            else
            {
                Folios.Remove(folio);
                pages += folio.Pages;
            }
        }
        Gathered.Clear();
        return pages;
    }

    public void PutBack()
    {
        foreach (NaiveFolio folio in Gathered) folio.OnLru = true;
        Gathered.Clear();
    }

    public void Isolate(NaiveFolio folio)
    {
        folio.OnLru = false;
        Gathered.Add(folio);
    }

    public ulong LruBytesIn(ulong start, ulong end)
    {
        ulong bytes = 0;
        foreach (NaiveFolio folio in Folios.Where(f => f.OnLru))
        {
            ulong first = Math.Max(start, folio.Pfn << pageShift);
            ulong last = Math.Min(end, (folio.Pfn + (ulong)folio.Pages) << pageShift);
            if (last > first) bytes += last - first;
        }
        return bytes;
    }

    private ulong PlaceFrom(NaiveFolio folio, ulong from)
    {
        for (ulong pfn = from; pfn + (ulong)folio.Pages <= EndPfn; pfn++)
        {
            if (pfn < startPfn || pfn % (ulong)folio.Pages != 0) continue;
            if (Folios.Any(f => f.Pfn < pfn + (ulong)folio.Pages && pfn < f.Pfn + (ulong)f.Pages)) continue;
            PlaceAt(folio, pfn);
            return pfn;
        }
        return NodeMemory.NoPfn;
    }

    private void Act(NaiveFolio folio, WalkAction action)
    {
        if (action == WalkAction.LruPrio && !folio.Unevictable) folio.Active = true;
        if (action == WalkAction.LruDeprio && !folio.Unevictable) folio.Active = false;
        if (action == WalkAction.Gather || (action == WalkAction.Pageout && !folio.Unevictable)) Isolate(folio);
    }

    private bool FilteredOut(NaiveFolio folio, FolioFilterSet filters)
    {
        foreach (FolioFilter filter in filters.Filters)
            if (Matches(folio, filter) == filter.Matching)
                return !filter.Allow;
        return filters.DefaultReject;
    }

    private bool Matches(NaiveFolio folio, FolioFilter filter)
    {
        ulong bytes = (ulong)folio.Pages << pageShift;
        bool young = folio.IsYoung;
        if (filter.Type == FolioFilterType.Young && young) folio.MarkOld();
        return filter.Type switch
        {
            FolioFilterType.Anon => folio.Anon,
            FolioFilterType.Active => folio.Active,
            FolioFilterType.Memcg => folio.Memcg.Exists && folio.Memcg == filter.Memcg,
            FolioFilterType.Young => young,
            FolioFilterType.HugepageSize => bytes >= filter.MinBytes && bytes <= filter.MaxBytes,
            _ => !folio.Mapped,
        };
    }
}
