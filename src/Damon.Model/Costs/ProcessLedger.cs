using System.Collections.Immutable;
using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Costs;

/// <summary>
/// The books of one process: follows every change of its page table, so that where its rules' pages are, what moved and for
/// how long it waited is known at any time without looking at pages.
/// </summary>
public sealed class ProcessLedger : IMappingObserver
{
    private readonly PageTable _table;
    private readonly ImmutableArray<AccessRule> _rules;
    private readonly ImmutableArray<FrameRange> _nodes;
    private readonly MemoryCosts _costs;
    private readonly SwapSettings? _swap;
    private readonly ulong _pageBytes;
    private readonly TouchForecast _forecast;
    private ulong _mapped;
    private ulong _freed;
    private ulong _migrated;
    private ulong _reclaimed;
    private ulong _swapOut;
    private ulong _refaulted;
    private ulong _swapIn;
    private ulong _forgotten;
    private ulong _swapForgotten;
    private ulong _refaults;
    private ulong _failedFaults;
    private ulong _stallNs;
    private ulong _swapReturned;
    private bool _translationsLost;

    /// <summary>Opens the books; the table has to be empty and gets the ledger as its observer.</summary>
    /// <param name="table">The page table.</param>
    /// <param name="rules">How the pages are used.</param>
    /// <param name="nodes">The frames of the host's nodes.</param>
    /// <param name="pageShift">log2 of the size of a frame.</param>
    /// <param name="costs">What memory costs.</param>
    /// <param name="swap">The host's swap, if it has any.</param>
    /// <exception cref="ArgumentException">Pages are resident already.</exception>
    public ProcessLedger(
        PageTable table, ImmutableArray<AccessRule> rules, ImmutableArray<FrameRange> nodes, int pageShift, MemoryCosts costs,
        SwapSettings? swap)
    {
        if (table.ResidentCount != 0) throw new ArgumentException("The books are opened before the first page is mapped.", nameof(table));
        _table = table;
        _rules = rules;
        _nodes = nodes;
        _costs = costs;
        _swap = swap;
        _pageBytes = 1UL << pageShift;
        var segments = new RuleSegments(rules);
        Residency = new RuleResidency(segments, nodes.Length);
        _forecast = new TouchForecast(rules, segments);
        table.Observer = this;
    }

    /// <summary>Where the pages of each rule are.</summary>
    public RuleResidency Residency { get; }

    /// <summary>Everything that happened so far.</summary>
    public MemoryTraffic Traffic => new()
    {
        MappedBytes = _mapped,
        FreedBytes = _freed,
        MigratedBytes = _migrated,
        ReclaimedBytes = _reclaimed,
        SwapOutBytes = _swapOut,
        RefaultedBytes = _refaulted,
        SwapInBytes = _swapIn,
        ForgottenBytes = _forgotten,
        SwapForgottenBytes = _swapForgotten,
        Refaults = _refaults,
        FailedFaults = _failedFaults,
        StallNs = _stallNs,
    };

    /// <inheritdoc/>
    void IMappingObserver.Changed(uint page, ulong from, ulong to)
    {
        ulong bytes = BytesOf(page);
        bool wasHere = from < SwapEntry.Lowest;
        bool isHere = to < SwapEntry.Lowest;
        int fromNode = wasHere ? NodeOf(from) : -1;
        int toNode = isHere ? NodeOf(to) : -1;
        if (fromNode != toNode)
        {
            long frames = (long)(bytes / _pageBytes);
            if (wasHere) Residency.Add(page, fromNode, -frames);
            if (isHere) Residency.Add(page, toNode, frames);
            if (wasHere != isHere && _table.IsHuge(page)) Residency.AddHuge(page, isHere ? frames : -frames);
        }

        if (wasHere && isHere) Moved(bytes, fromNode != toNode);
        else if (wasHere) Left(bytes, to);
        else if (isHere) Came(bytes, from);
        else if (SwapEntry.IsOne(from)) Forgotten(bytes, from);
    }

    /// <inheritdoc/>
    void IMappingObserver.BlockMapped(uint first, ulong to, bool wasBlock)
    {
        int toNode = NodeOf(to);
        bool wasHere = false;
        bool changesNode = false;
        for (uint page = first; page < first + HugeBlocks.Pages; page++)
        {
            ulong from = _table.EntryOf(page);
            if (!wasBlock) Residency.AddHuge(page, 1);
            if (from >= SwapEntry.Lowest)
            {
                Residency.Add(page, toNode, 1);
                Came(_pageBytes, from);
                continue;
            }

            wasHere = true;
            int fromNode = NodeOf(from);
            if (fromNode == toNode) continue;
            changesNode = true;
            _migrated += _pageBytes;
            Residency.Add(page, fromNode, -1);
            Residency.Add(page, toNode, 1);
        }

        // Collapsing copies a block within a node as well.
        if (!changesNode && (wasBlock || !wasHere)) return;
        _stallNs += (ulong)_costs.Migration.OfFolio(HugeBlocks.Bytes);
        _translationsLost = true;
    }

    /// <inheritdoc/>
    void IMappingObserver.BlockSplit(uint first)
    {
        for (uint page = first; page < first + HugeBlocks.Pages; page++) Residency.AddHuge(page, -1);
    }

    /// <summary>When a page is touched next, us, or <see cref="AccessRule.NeverAgain"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="afterUs">The instant behind which, us.</param>
    public long NextTouchUs(uint page, long afterUs) => _forecast.NextTouchUs(page, afterUs);

    /// <summary>A touched page could not come back.</summary>
    public void FaultFailed() => _failedFaults++;

    /// <summary>
    /// Adds up how often each node was accessed in a window, in millionths of an access; by the pages' places at its end.
    /// </summary>
    /// <param name="fromUs">Its begin, exclusive, us.</param>
    /// <param name="toUs">Its end, us.</param>
    /// <param name="byNode">Takes the sums.</param>
    public void AddAccesses(long fromUs, long toUs, Span<UInt128> byNode)
    {
        for (int rule = 0; rule < _rules.Length; rule++)
        {
            UInt128 touches = _rules[rule].MicroTouches(fromUs, toUs) * _rules[rule].AccessesPerTouch * (_pageBytes >> 12);
            if (touches == 0) continue;
            for (int node = 0; node < byNode.Length; node++)
                byNode[node] += touches * (ulong)Residency.FramesOf(rule, node);
        }
    }

    /// <summary>What page walks took in a window, by the pages' places at its end; nothing where translating costs nothing.</summary>
    /// <param name="fromUs">Its begin, exclusive, us.</param>
    /// <param name="toUs">Its end, us.</param>
    public WalkTime WalksIn(long fromUs, long toUs)
    {
        if (_costs.Tlb is not { } tlb) return default;
        uint pagesOfHuge = (uint)((1UL << NodeMemory.HugeShift) / _pageBytes);
        TlbLoad load = new(tlb, pagesOfHuge);
        TlbLoad without = new(tlb, pagesOfHuge);
        for (int rule = 0; rule < _rules.Length; rule++)
        {
            UInt128 uses = _rules[rule].MicroTouches(fromUs, toUs) * _rules[rule].AccessesPerTouch * (_pageBytes >> 12);
            if (uses == 0) continue;
            ulong frames = 0;
            for (int node = 0; node < _nodes.Length; node++) frames += (ulong)Residency.FramesOf(rule, node);
            ulong huge = (ulong)Residency.HugeFramesOf(rule);
            load.AddSmall(frames - huge, uses);
            load.AddHuge(huge, _table.IsHuge(_rules[rule].Pages.First) ? 1 : _rules[rule].Pages.Stride, uses);
            without.AddSmall(frames, uses);
        }

        return new WalkTime(load.MicroPs(), without.MicroPs());
    }

    /// <summary>Closes a batch of changes: one shoot-down for all pages that lost their place in it.</summary>
    /// <returns>What has left swap since the last time, bytes.</returns>
    public ulong Settle()
    {
        if (_translationsLost) _stallNs += (ulong)_costs.Shootdown.Ns(_costs.Cpus);
        _translationsLost = false;
        ulong before = _swapReturned;
        _swapReturned = _swapIn + _swapForgotten;
        return _swapReturned - before;
    }

    private ulong BytesOf(uint page) => _table.IsHuge(page) ? 1UL << NodeMemory.HugeShift : _pageBytes;

    private int NodeOf(ulong pfn)
    {
        for (int node = 0; node < _nodes.Length; node++)
            if (_nodes[node].Contains(pfn))
                return node;
        throw new ArgumentOutOfRangeException(nameof(pfn), pfn, "No node has this frame.");
    }

    private void Moved(ulong bytes, bool betweenNodes)
    {
        if (!betweenNodes) return;
        _migrated += bytes;
        _stallNs += (ulong)_costs.Migration.OfFolio(bytes);
        _translationsLost = true;
    }

    private void Left(ulong bytes, ulong to)
    {
        if (!SwapEntry.IsOne(to))
        {
            _freed += bytes;
            return;
        }

        _reclaimed += bytes;
        if (SwapEntry.IsAnon(to)) _swapOut += bytes;
        _translationsLost = true;
    }

    private void Came(ulong bytes, ulong from)
    {
        if (!SwapEntry.IsOne(from))
        {
            _mapped += bytes;
            return;
        }

        bool anon = SwapEntry.IsAnon(from);
        _refaulted += bytes;
        if (anon) _swapIn += bytes;
        _refaults++;
        _stallNs += (ulong)(_costs.MinorFaultNs * (long)(bytes >> 12)) + (ulong)(_swap?.RefaultNs(anon, bytes) ?? 0);
    }

    private void Forgotten(ulong bytes, ulong from)
    {
        _forgotten += bytes;
        if (SwapEntry.IsAnon(from)) _swapForgotten += bytes;
    }
}
