using System.Collections.Immutable;
using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

/// <summary>
/// Two small nodes beside two naive ones, driven by the same operations. Every answer is compared, and the whole state
/// after each step.
/// </summary>
internal sealed class TwoNodes
{
    private const int PageShift = 18;
    private static readonly (uint Base, uint Pages)[] _processes = [(0, 40), (600, 24)];

    private readonly NodeMemory[] _nodes;
    private readonly NaiveNode[] _naive;
    private readonly List<(uint Base, AccessRule Rule)> _rules = [];
    private readonly HashSet<uint> _placed = [];
    private long _now;

    public TwoNodes(Draws draws)
    {
        foreach ((uint basePage, uint pages) in _processes)
            for (int i = draws.Below(5); i > 0; i--) _rules.Add((basePage, RandomRules.Next(draws, pages)));
        (ulong Start, ulong Count)[] spans = [(5, 61), (80, 44)];
        _naive = [.. spans.Select(s => new NaiveNode(s.Start, s.Count, PageShift))];
        _nodes = [.. spans.Select(s => new NodeMemory(s.Start, s.Count, Oracle(), PageShift))];
        for (int i = draws.Below(40); i > 0; i--) PlaceAtStart(draws);
        Play(0);
    }

    public void Step(Draws draws)
    {
        Action<Draws, int>[] operations =
            [Allocate, Allocate, Free, Balloon, MarkOld, MarkOld, Check, Check, Walk, Walk, Pageout, Migrate, Migrate, PutBack, Pick];
        operations[draws.Below(operations.Length)](draws, draws.Below(2));
        Measure(draws, draws.Below(2));
        Compare();
        long until = _now + draws.Below(30);
        while (_now < until) Play(++_now);
    }

    private TouchOracle Oracle()
    {
        var oracle = new TouchOracle();
        foreach ((uint basePage, uint pages) in _processes)
            oracle.Attach(basePage, new ProcessPattern(pages, [.. _rules.Where(r => r.Base == basePage).Select(r => r.Rule)]));
        return oracle;
    }

    /// <summary>Touches, one by one, what the rules touch at this very microsecond.</summary>
    private void Play(long now)
    {
        foreach (NaiveFolio folio in _naive.SelectMany(n => n.Folios))
            if (_rules.Exists(r => RandomRules.TouchesAt(r.Rule, folio.Owner - r.Base, now) && folio.Owner >= r.Base))
                folio.Touch();
    }

    private void PlaceAtStart(Draws draws)
    {
        int node = draws.Below(2);
        var template = new FolioTemplate(new MemcgId((ulong)draws.Below(3)), RandomFlags(draws), draws.OneIn(5));
        ulong pfn = _naive[node].StartPfn + (ulong)draws.Below((int)_nodes[node].PageCount);
        uint owner = RandomOwner(draws);
        bool fits = !template.Huge || (pfn % 8 == 0 && pfn + 8 <= _naive[node].EndPfn);
        for (ulong i = 0; i < (template.Huge ? 8u : 1u); i++) fits &= _naive[node].At(pfn + i) is null;
        if (!fits)
        {
            Assert.Throws<ArgumentException>(() => _nodes[node].PlaceAt(pfn, owner, in template));
            return;
        }
        _nodes[node].PlaceAt(pfn, owner, in template);
        _naive[node].PlaceAt(NaiveFolio.From(owner, template, 8), pfn);
        _placed.Add(owner);
    }

    private void Allocate(Draws draws, int node)
    {
        var template = FolioTemplate.Faulted(new MemcgId((ulong)draws.Below(3)), RandomFlags(draws), draws.OneIn(4), _now);
        uint owner = RandomOwner(draws);
        var folio = NaiveFolio.From(owner, template, 8);
        int from = draws.Below((int)_nodes[node].PageCount);
        bool scatter = draws.OneIn(2);
        ulong expected = scatter ? _naive[node].PlaceFrom(from, folio) : _naive[node].PlaceLowest(folio);
        ulong pfn = scatter ? _nodes[node].PlaceFrom(from, owner, in template) : _nodes[node].PlaceLowest(owner, in template);
        Assert.Equal(expected, pfn);
        if (pfn != NodeMemory.NoPfn) _placed.Add(owner);
    }

    private void Free(Draws draws, int node)
    {
        NaiveFolio[] folios = [.. _naive[node].MovableFolios];
        if (folios.Length == 0) return;
        NaiveFolio folio = folios[draws.Below(folios.Length)];
        Assert.Equal(folio.Pages, _nodes[node].Free(folio.Pfn));
        _naive[node].Folios.Remove(folio);
        _placed.Remove(folio.Owner);
        Assert.Throws<ArgumentException>(() => _nodes[node].Free(folio.Pfn));
    }

    private void Balloon(Draws draws, int node)
    {
        ulong pages = draws.OneIn(8) ? 1000 : (ulong)draws.Below(12);
        Assert.Equal(_naive[node].ResizeBalloon(pages), _nodes[node].ResizeBalloon(pages));
    }

    private void MarkOld(Draws draws, int node)
    {
        ulong[] addresses = RandomAddresses(draws);
        _nodes[node].MarkOld(addresses, _now);
        foreach (ulong address in addresses) _naive[node].Look(address)?.MarkOld();
    }

    private void Check(Draws draws, int node)
    {
        ulong[] addresses = RandomAddresses(draws);
        bool[] expected = [.. addresses.Select(a => _naive[node].Look(a) is { IsYoung: true })];
        bool[] young = new bool[addresses.Length];
        int count = _nodes[node].CheckYoung(addresses, young, _now);
        Assert.Equal(expected, young);
        Assert.Equal(expected.Count(y => y), count);
    }

    private void Walk(Draws draws, int node) =>
        WalkBoth(draws, node, (WalkAction)draws.Below(3) switch { WalkAction.Pageout => WalkAction.LruPrio, WalkAction.Stat => WalkAction.Stat, _ => WalkAction.LruDeprio });

    private void Pageout(Draws draws, int node)
    {
        WalkBoth(draws, node, WalkAction.Pageout);
        ReclaimBoth(draws, node);
    }

    private void Migrate(Draws draws, int node)
    {
        WalkBoth(draws, node, WalkAction.Gather);
        NodeMemory source = _nodes[node];
        ReadOnlySpan<FolioRecord> records = source.TakeGathered();
        Assert.Equal(Enumerable.Reverse(_naive[node].Gathered).Select(f => f.Pfn), records.ToArray().Select(r => r.Pfn));
        ulong[] newPfns = new ulong[records.Length];
        int adopted = _nodes[1 - node].Adopt(records, newPfns);
        NaiveFolio[] folios = [.. Enumerable.Reverse(_naive[node].Gathered)];
        Assert.Equal(_naive[node].MigrateTo(_naive[1 - node]), adopted);
        Assert.Equal(adopted, source.CompleteMigration(newPfns));
        for (int i = 0; i < folios.Length; i++)
            Assert.Equal(folios[i].Pfn, newPfns[i] == NodeMemory.NoPfn ? records[i].Pfn : newPfns[i]);
    }

    private void PutBack(Draws draws, int node)
    {
        WalkBoth(draws, node, WalkAction.Gather);
        _nodes[node].PutBackGathered();
        _naive[node].PutBack();
    }

    private void Pick(Draws draws, int node)
    {
        for (int i = 0; i < 4; i++)
        {
            ulong pfn = _naive[node].StartPfn + (ulong)draws.Below((int)_nodes[node].PageCount);
            NaiveFolio? folio = _naive[node].Look(pfn << PageShift);
            Assert.Equal(folio is not null, _nodes[node].Isolate(pfn));
            if (folio is not null) _naive[node].Isolate(folio);
        }
        ReclaimBoth(draws, node);
    }

    private void Measure(Draws draws, int node)
    {
        ulong[] ends = [(ulong)draws.Below(140 << PageShift), (ulong)draws.Below(140 << PageShift)];
        Array.Sort(ends);
        ulong start = Math.Max(ends[0], _nodes[node].StartByte);
        ulong end = Math.Min(ends[1], _nodes[node].EndByte);
        Assert.Equal(_naive[node].LruBytesIn(start, end), _nodes[node].LruBytesIn(ends[0], ends[1]));
        Count(ends[0], ends[1]);
        for (ulong at = _nodes[node].StartByte & ~0x1fffffUL; at < _nodes[node].EndByte; at += 1 << 20)
            Assert.Equal(_naive[node].LruBytesIn(at + 5, at + (3 << 18)), _nodes[node].LruBytesIn(at + 5, at + (3 << 18)));
    }

    /// <summary>Both nodes together, over a range that may begin and end inside folios and outside the nodes.</summary>
    private void Count(ulong start, ulong end)
    {
        PageTally tally = new();
        PageTally naive = new();
        for (int i = 0; i < 2; i++)
        {
            _nodes[i].CountPages(start, end, tally);
            for (ulong pfn = _naive[i].StartPfn; pfn < _naive[i].EndPfn; pfn++)
            {
                ulong from = Math.Max(start, pfn << PageShift);
                ulong to = Math.Min(end, (pfn + 1) << PageShift);
                if (from >= to) continue;
                if (_naive[i].Look(from) is { } folio) naive.Add(new PageKind(folio.Memcg, folio.Anon, folio.Active, folio.Pages > 1), to - from);
                bool isCounted = _naive[i].Look(from) is { Pages: > 1 } huge && pfn > Math.Max(huge.Pfn, start >> PageShift);
                if (!isCounted) naive.AddLooks(_naive[i].Look(from) is { Pages: > 1 } ? 1 : (to - from + 4095) >> 12);
            }
        }

        Assert.Equal(naive.ToCounts(), tally.ToCounts());
        Assert.Equal(naive.Looks, tally.Looks);
    }

    private void WalkBoth(Draws draws, int node, WalkAction action)
    {
        int pages = (int)_nodes[node].PageCount;
        ulong start = _nodes[node].StartByte + ((ulong)draws.Below(pages) << PageShift) + (draws.OneIn(3) ? 77u : 0u);
        ulong end = Math.Min(start + ((ulong)draws.Below(pages) << PageShift), _nodes[node].EndByte);
        ulong last = draws.OneIn(2) ? NodeMemory.NoPfn : _naive[node].Look(start)?.Pfn ?? NodeMemory.NoPfn;
        var request = new WalkRequest(start, end, RandomRules.NextFilters(draws), action, last, _now);
        WalkResult expected = _naive[node].Walk(request);
        Assert.Equal(expected, _nodes[node].Walk(in request));
        Assert.Equal(_naive[node].Gathered.Count, _nodes[node].GatheredCount);
    }

    private void ReclaimBoth(Draws draws, int node)
    {
        bool skipAccessed = draws.OneIn(2);
        (int pages, List<uint> owners) = _naive[node].Reclaim(skipAccessed);
        var freed = new List<uint>();
        Assert.Equal(pages, _nodes[node].ReclaimGathered(skipAccessed, _now, freed));
        Assert.Equal(owners, freed);
        _placed.ExceptWith(freed);
    }

    private void Compare()
    {
        for (int i = 0; i < 2; i++)
        {
            NodeMemory node = _nodes[i];
            NaiveNode naive = _naive[i];
            Assert.True(node.Counters.SameAs(node.Recount()));
            Assert.Equal((long)naive.FreePages, node.Counters.FreePages);
            Assert.Equal(node.PageCount, node.UsedPages + naive.FreePages);
            for (ulong pfn = naive.StartPfn; pfn < naive.EndPfn; pfn++) CompareFolio(naive.At(pfn), node.Inspect(pfn), node.Look(pfn));
            CompareYoung(node, naive);
            for (ulong id = 1; id < 3; id++) CompareMemcg(naive, node.Counters, new MemcgId(id));
        }
    }

    private void CompareYoung(NodeMemory node, NaiveNode naive)
    {
        ulong[] addresses = [.. Enumerable.Range(0, (int)node.PageCount).Select(i => (naive.StartPfn + (ulong)i) << PageShift)];
        bool[] young = new bool[addresses.Length];
        node.CheckYoung(addresses, young, _now);
        Assert.Equal(addresses.Select(a => naive.Look(a) is { IsYoung: true }), young);
    }

    private static void CompareFolio(NaiveFolio? expected, FolioView found, FolioView looked)
    {
        Assert.Equal(expected is not null, found.Exists);
        Assert.Equal(expected is { OnLru: true }, looked.Exists);
        if (expected is null) return;
        Assert.Equal(
            (expected.Pfn, expected.Owner, expected.Memcg, expected.Pages > 1, expected.PlaceFlags),
            (found.HeadPfn, found.Owner, found.Memcg, found.Huge, found.Flags & ~(FolioFlags.Accessed | FolioFlags.Idle)));
    }

    private static void CompareMemcg(NaiveNode naive, NodeCounters counters, MemcgId memcg)
    {
        NaiveFolio[] folios = [.. naive.Folios.Where(f => f.Memcg == memcg)];
        Assert.Equal(folios.Sum(f => f.Pages), counters.ResidentPages(memcg));
        Assert.Equal(folios.Where(f => f.OnLru && !f.Unevictable).Sum(f => f.Pages), counters.LruPages(memcg));
        foreach (LruList list in Enum.GetValues<LruList>())
            Assert.Equal(naive.Folios.Where(f => f.OnLru && ListOf(f) == list).Sum(f => f.Pages), counters.LruPages(list));
    }

    private static LruList ListOf(NaiveFolio folio) => folio switch
    {
        { Unevictable: true } => LruList.Unevictable,
        { Anon: true, Active: true } => LruList.ActiveAnon,
        { Anon: true } => LruList.InactiveAnon,
        { Active: true } => LruList.ActiveFile,
        _ => LruList.InactiveFile,
    };

    private uint RandomOwner(Draws draws)
    {
        (uint basePage, uint pages) = _processes[draws.Below(2)];
        uint owner = basePage + (uint)draws.Below((int)pages);
        return _placed.Contains(owner) ? NodeMemory.NoOwner : owner;
    }

    private static FolioFlags RandomFlags(Draws draws)
    {
        FolioFlags flags = (FolioFlags)(draws.Below(128) << 2);
        if (!draws.OneIn(4)) flags |= FolioFlags.OnLru;
        if (!draws.OneIn(4)) flags &= ~FolioFlags.Unevictable;
        if (!draws.OneIn(4)) flags |= FolioFlags.Mapped;
        return flags;
    }

    private static ulong[] RandomAddresses(Draws draws)
    {
        ulong[] addresses = new ulong[draws.Below(50)];
        for (int i = 0; i < addresses.Length; i++) addresses[i] = (ulong)draws.Below(140 << PageShift);
        return addresses;
    }
}
