using System.Collections.Immutable;
using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Tests.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Costs;

/// <summary>A process of small pages, some of them in huge blocks, with its books and a naive copy of all that is known of each page.</summary>
internal sealed class BlockBooks
{
    public const uint Pages = 4_000;
    public const int NodeCount = 2;

    private static readonly ImmutableArray<FrameRange> _nodes = [new(0, 1 << 20), new(1 << 20, 1 << 20)];

    private readonly ulong[] _entry = new ulong[Pages];
    private readonly bool[] _touched = new bool[Pages];
    private readonly SortedSet<uint> _blocks = [];
    private ulong _nextPfn;

    public BlockBooks(Draws draws)
    {
        Rules = [.. Enumerable.Range(0, 1 + draws.Below(5)).Select(_ => RandomRules.Next(draws, Pages))];
        Table = new PageTable(Pages);
        Table.AllowBlocks();
        Ledger = new ProcessLedger(Table, Rules, _nodes, 12, new MemoryCosts { Tlb = TlbCost.Skylake }, SwapSettings.Zswap);
        Array.Fill(_entry, NodeMemory.NoPfn);
    }

    public ImmutableArray<AccessRule> Rules { get; }

    public PageTable Table { get; }

    public ProcessLedger Ledger { get; }

    /// <summary>What the naive copy says of each page.</summary>
    public IEnumerable<(uint Page, ulong Entry, bool Touched, bool Huge)> All =>
        Enumerable.Range(0, (int)Pages).Select(i => ((uint)i, _entry[i], _touched[i], BlockOf((uint)i) is not null));

    public IReadOnlyCollection<uint> Blocks => _blocks;

    public void Step(Draws draws)
    {
        uint page = (uint)draws.Below((int)Pages);
        int node = draws.Below(NodeCount);
        switch (draws.Below(8))
        {
            case 0 when BlockOf(page) is null:
                for (uint one = page; one < Math.Min(Pages, page + 50) && BlockOf(one) is null; one++) Table.Map(one, _entry[one] = Frame(node, 1));
                break;
            case 1 when BlockOf(page) is null && IsHere(page):
                Table.SwapOut(page, _entry[page] = SwapEntry.For(draws.OneIn(2) ? FolioFlags.Anon : FolioFlags.None));
                _touched[page] = false;
                break;
            case 2 when BlockOf(page) is null:
                Assert.Equal(IsHere(page) ? _entry[page] : NodeMemory.NoPfn, Table.Unmap(page));
                (_entry[page], _touched[page]) = (NodeMemory.NoPfn, false);
                break;
            case 3 or 4 when page + HugeBlocks.Pages <= Pages:
                MapBlock(page, node);
                break;
            case 5 when _blocks.Count > 0:
                Split(_blocks.ElementAt(draws.Below(_blocks.Count)));
                break;
            case 6 when _blocks.Count > 0:
                uint moved = _blocks.ElementAt(draws.Below(_blocks.Count));
                MapBlock(moved, node);
                break;
            default:
                Table.Touch(page);
                _touched[page] |= IsHere(page);
                break;
        }
    }

    public uint? BlockOf(uint page)
    {
        foreach (uint first in _blocks.GetViewBetween(page - Math.Min(page, HugeBlocks.Pages - 1), page)) return first;
        return null;
    }

    private void MapBlock(uint first, int node)
    {
        bool overlaps = _blocks.GetViewBetween(first - Math.Min(first, HugeBlocks.Pages - 1), first + HugeBlocks.Pages - 1).Any(other => other != first);
        ulong pfn = Frame(node, HugeBlocks.Pages);
        if (overlaps)
        {
            Assert.Throws<InvalidOperationException>(() => Table.MapBlock(first, pfn));
            return;
        }

        Table.MapBlock(first, pfn);
        _blocks.Add(first);
        for (uint i = 0; i < HugeBlocks.Pages; i++) _entry[first + i] = pfn + i;
    }

    private void Split(uint first)
    {
        Assert.Throws<InvalidOperationException>(() => Table.Unmap(first + 7));
        Assert.Throws<InvalidOperationException>(() => Table.Map(first + 511, 1));
        Assert.Throws<InvalidOperationException>(() => Table.SwapOut(first, SwapEntry.For(FolioFlags.Anon)));
        Table.SplitBlock(first);
        _blocks.Remove(first);
    }

    private bool IsHere(uint page) => _entry[page] < SwapEntry.Lowest;

    private ulong Frame(int node, uint count)
    {
        ulong pfn = _nodes[node].StartPfn + (_nextPfn % ((1 << 20) - 512));
        _nextPfn += count;
        return pfn;
    }
}
