using System.Collections.Immutable;
using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Tests.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Costs;

/// <summary>A process whose pages go through everything that can happen to them, with its books and a naive copy of them.</summary>
internal sealed class Books
{
    public const uint Pages = 60;
    public const int NodeCount = 3;
    private const int Shift = 16;
    private const uint HugeFrom = 50;
    private const ulong PerHuge = 1UL << (NodeMemory.HugeShift - Shift);

    private static readonly ImmutableArray<FrameRange> _nodes = [new(64, 4096), new(5000, 4096), new(10_000, 4096)];

    private readonly int[] _nodeOf = new int[Pages];
    private readonly bool[] _out = new bool[Pages];
    private readonly bool[] _outAnon = new bool[Pages];
    private bool _lostPlace;

    public Books(Draws draws)
    {
        Rules = [.. Enumerable.Range(0, 1 + draws.Below(6)).Select(_ => RandomRules.Next(draws, Pages))];
        Table = new PageTable(Pages);
        Ledger = new ProcessLedger(Table, Rules, _nodes, Shift, new MemoryCosts(), SwapSettings.Zswap);
        Table.SetHuge(HugeFrom, Pages - HugeFrom);
        Array.Fill(_nodeOf, -1);
    }

    public ImmutableArray<AccessRule> Rules { get; }

    public PageTable Table { get; }

    public ProcessLedger Ledger { get; }

    public ulong SwapReturnedBytes { get; private set; }

    /// <summary>For how long the process waited, event by event.</summary>
    public ulong StallNs { get; private set; }

    public void Step(Draws draws)
    {
        uint page = (uint)draws.Below((int)Pages);
        switch (draws.Below(5))
        {
            case 0 or 1:
                int node = draws.Below(NodeCount);
                Wait(page, node);
                Table.Map(page, _nodes[node].StartPfn + (page * PerHuge));
                (_nodeOf[page], _out[page]) = (node, false);
                break;
            case 2 when _nodeOf[page] >= 0:
                _outAnon[page] = draws.OneIn(2);
                Table.SwapOut(page, SwapEntry.For(_outAnon[page] ? FolioFlags.Anon : FolioFlags.None));
                (_nodeOf[page], _out[page], _lostPlace) = (-1, true, true);
                break;
            case 3:
                Table.Unmap(page);
                (_nodeOf[page], _out[page]) = (-1, false);
                break;
            default:
                Settle();
                break;
        }
    }

    public void Settle()
    {
        SwapReturnedBytes += Ledger.Settle();
        if (_lostPlace) StallNs += 2_000 + (16 * 100);
        _lostPlace = false;
    }

    public static ulong FramesOf(uint page) => page >= HugeFrom ? PerHuge : 1;

    /// <summary>The frames of some pages on a node, page by page.</summary>
    public long Count(int node, Func<uint, bool> which)
    {
        long frames = 0;
        for (uint page = 0; page < Pages; page++)
            if (_nodeOf[page] == node && which(page))
                frames += (long)FramesOf(page);
        return frames;
    }

    public ulong OutBytes(bool onlySwap)
    {
        ulong bytes = 0;
        for (uint page = 0; page < Pages; page++)
            if (_out[page] && (!onlySwap || _outAnon[page]))
                bytes += FramesOf(page) << Shift;
        return bytes;
    }

    public ulong ResidentBytes()
    {
        long frames = 0;
        for (int node = 0; node < NodeCount; node++) frames += Count(node, _ => true);
        return (ulong)frames << Shift;
    }

    public static bool Has(AccessRule rule, uint page)
    {
        for (uint j = 0; j < rule.Pages.Count; j++)
            if (rule.Pages.First + (j * Math.Max(rule.Pages.Stride, 1)) == page)
                return true;
        return false;
    }

    private void Wait(uint page, int node)
    {
        bool huge = page >= HugeFrom;
        if (_out[page]) StallNs += (_outAnon[page] ? 6_700UL : 80_700UL) * (huge ? 512UL : 16UL);
        if (_nodeOf[page] < 0 || _nodeOf[page] == node) return;
        StallNs += huge ? 193_000UL : 10_600UL;
        _lostPlace = true;
    }
}
