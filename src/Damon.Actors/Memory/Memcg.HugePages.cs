using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Memory;

/// <content>Transparent huge pages of its processes: faults, advice, collapsing and splitting.</content>
public sealed partial class Memcg :
    IRespond<AdviseHugePages, Done>,
    IRespond<CollapseBlocks, bool>,
    IRespond<SplitAtEnds, Done>,
    IRespond<ScanBlocks, BlocksScanned>,
    IRespond<ReadHugePages, HugePageUse>
{
    private static readonly bool[] s_one = [true];

    private readonly SortedList<int, HugePageCounts> _hugePages = [];

    /// <inheritdoc/>
    public Done Respond(in AdviseHugePages request)
    {
        _spaces[request.Process].Advise(request.Range, request.Advice);
        return default;
    }

    /// <inheritdoc/>
    public bool Respond(in CollapseBlocks request)
    {
        AddressSpace space = _spaces[request.Process];
        if (space.Pages.Blocks is null) return true;
        bool all = true;
        foreach (Vma vma in space.Layout.Vmas)
        {
            // What is in 2 MiB folios in any case is huge.
            bool meets = vma.Order == 0 && vma.Start < request.Range.End && request.Range.Start < vma.End;
            if (meets) all &= CollapsePart(request.Process, space, vma, request.Range);
        }

        Settle();
        return all;
    }

    /// <inheritdoc/>
    public Done Respond(in SplitAtEnds request)
    {
        AddressSpace space = _spaces[request.Process];
        if (space.TryFindAcross(request.Range.Start, out uint first)) Split(request.Process, first);
        if (space.TryFindAcross(request.Range.End, out first)) Split(request.Process, first);
        return default;
    }

    /// <inheritdoc/>
    public BlocksScanned Respond(in ScanBlocks request)
    {
        AddressSpace space = _spaces[request.Process];
        ThpSettings thp = _settings.Thp!;
        ulong at = request.From;
        uint looked = 0;
        while (looked < request.Blocks)
        {
            if (!space.TryFindNext(at, BlocksScanned.End, out uint first, out AddressRange block))
            {
                at = BlocksScanned.End;
                break;
            }

            at = block.End;
            if (!space.Allows(block, thp.Enabled)) continue;
            looked++;
            Collapse(request.Process, first, thp.MaxPtesNone);
        }

        Settle();
        return new BlocksScanned(looked, at);
    }

    /// <inheritdoc/>
    public HugePageUse Respond(in ReadHugePages request)
    {
        PageTable table = TableOf(request.Process);
        uint units = table.CountHuge();
        uint more = units * ((1u << (NodeMemory.HugeShift - _map.PageShift)) - 1);
        uint huge = ((table.Blocks?.Count ?? 0) * HugeBlocks.Pages) + units + more;
        return new HugePageUse(table.ResidentCount + more, table.TouchedCount + more, huge, CountsOf(request.Process));
    }

    private HugePageCounts CountsOf(int process) => _hugePages.GetValueOrDefault(process);

    /// <summary>Answers the first fault in each block that may be huge with a huge page; what there is none for is left.</summary>
    /// <returns>Pages that came.</returns>
    private ulong FaultBlocks(in AllocatePages request, uint firstPage, uint span, in FolioTemplate template)
    {
        AddressSpace space = _spaces[request.Process];
        ulong pages = 0;
        uint stride = Math.Max(request.Stride, 1);
        for (uint page = firstPage; page < firstPage + span;)
        {
            uint behind = page + 1;
            if (space.TryFindAligned(page, out uint first, out AddressRange block))
            {
                behind = first + HugeBlocks.Pages;
                bool isEmpty = space.Pages.LookAtBlock(first) is (0, false);
                if (isEmpty && space.Allows(block, _settings.Thp!.Enabled)) pages += FaultBlock(request, first, template);
            }

            page += (behind - page + stride - 1) / stride * stride;
        }

        return pages;
    }

    private ulong FaultBlock(in AllocatePages request, uint first, in FolioTemplate template)
    {
        HugePageCounts counts = CountsOf(request.Process);
        ulong pfn = AllocateHuge(_map.Node(request.Node), request.Process, first, template with { Huge = true });
        if (pfn == NodeMemory.NoPfn)
        {
            _hugePages[request.Process] = counts with { Fallbacks = counts.Fallbacks + 1 };
            return 0;
        }

        TableOf(request.Process).MapBlock(first, pfn);
        _hugePages[request.Process] = counts with { Faults = counts.Faults + 1 };
        return HugeBlocks.Pages;
    }

    private ulong AllocateHuge(ActorRef? node, int process, uint first, in FolioTemplate template)
    {
        ulong[] pfn = [NodeMemory.NoPfn];
        node?.Ask<AllocateFolios, int>(new AllocateFolios(_map.BasePages[process] + first, s_one, template, pfn));
        return pfn[0];
    }

    /// <summary>Collapses the blocks of a mapping's part of a range, cut inwards as the kernel does it; a part without a block's border fails.</summary>
    /// <returns>Whether all of them are huge now.</returns>
    private bool CollapsePart(int process, AddressSpace space, Vma vma, AddressRange range)
    {
        ulong start = KernelArithmetic.AlignUp(Math.Max(vma.Start, range.Start), HugeBlocks.Bytes);
        ulong end = KernelArithmetic.AlignDown(Math.Min(vma.End, range.End), HugeBlocks.Bytes);
        bool all = start <= end;
        for (; start < end; start += HugeBlocks.Bytes)
        {
            HugePageAdvice? advice = space.Advice.Of(new AddressRange(start, start + HugeBlocks.Bytes));
            bool allowed = advice is HugePageAdvice.None or HugePageAdvice.HugePage;
            all &= allowed && Collapse(process, vma.PageAt(start), HugeBlocks.Pages - 1);
        }

        return all;
    }

    /// <summary>
    /// Makes a huge page of a block, on the node that has most of it. One with pages in swap is left: they would have to be read first.
    /// </summary>
    /// <returns>Whether the block is huge now.</returns>
    private bool Collapse(int process, uint first, uint mostMissing)
    {
        PageTable table = TableOf(process);
        if (table.Blocks!.BeginsAt(first)) return true;
        (uint resident, bool anyOut) = table.LookAtBlock(first);
        if (resident == 0 || anyOut || HugeBlocks.Pages - resident > mostMissing) return false;
        List<ulong>[] small = [.. _map.Nodes.Select(_ => new List<ulong>())];
        for (uint page = first; page < first + HugeBlocks.Pages; page++)
        {
            if (table.IsResident(page)) small[_map.NodeIndexAt(table[page] << _map.PageShift)].Add(table[page]);
        }

        int most = 0;
        for (int node = 1; node < small.Length; node++)
        {
            if (small[node].Count > small[most].Count) most = node;
        }

        FolioTemplate template = FolioTemplate.Faulted(_id, FolioFlags.Anon | FolioFlags.Mapped, huge: true, Context.Now.Microseconds);
        ulong pfn = AllocateHuge(_map.Nodes[most].Node, process, first, template);
        HugePageCounts counts = CountsOf(process);
        _hugePages[process] = pfn == NodeMemory.NoPfn
            ? counts with { FailedCollapses = counts.FailedCollapses + 1 }
            : counts with { Collapses = counts.Collapses + 1 };
        if (pfn == NodeMemory.NoPfn) return false;
        table.MapBlock(first, pfn);
        Free(small);
        if (_settings.Costs.Memory is { } costs)
            Context.Spend(new VirtualDuration(costs.Migration.OfFolio(HugeBlocks.Bytes) + costs.Shootdown.Ns(costs.Cpus)));
        return true;
    }

    /// <summary>A block is mapped page by page from now on, and its folio split.</summary>
    private void Split(int process, uint first)
    {
        PageTable table = TableOf(process);
        ulong pfn = table[first];
        table.SplitBlock(first);
        _map.Nodes[_map.NodeIndexAt(pfn << _map.PageShift)].Node.Ask<SplitFolios, Done>(new SplitFolios(new[] { pfn }));
        HugePageCounts counts = CountsOf(process);
        _hugePages[process] = counts with { Splits = counts.Splits + 1 };
    }

    /// <summary>Splits the huge pages that lie across the ends of a range of pages.</summary>
    private void SplitAcross(int process, uint firstPage, uint count)
    {
        PageTable table = TableOf(process);
        if (count == 0) return;
        if (table.TryFindBlock(firstPage, out uint first) && first != firstPage) Split(process, first);
        uint last = firstPage + count - 1;
        if (table.TryFindBlock(last, out first) && first + HugeBlocks.Pages - 1 != last) Split(process, first);
    }

    /// <summary>The folio of a block went elsewhere, or was reclaimed as a whole: then its pages come back one by one.</summary>
    private void RemapBlock(int process, PageTable table, uint first, ulong pfn)
    {
        if (pfn < SwapEntry.Lowest)
        {
            table.MapBlock(first, pfn);
            for (uint page = first; page < first + HugeBlocks.Pages; page++) CountMove(process, page);
            return;
        }

        table.SplitBlock(first);
        for (uint page = first; page < first + HugeBlocks.Pages; page++)
        {
            if (SwapEntry.IsOne(pfn)) SwapOut(process, table, page, pfn);
            else table.Unmap(page);
        }
    }

    /// <summary>After a change of the mappings: splits what is no aligned part of one mapping any more, and forgets advice for what is gone.</summary>
    private void FitHugePages(int process, AddressSpace space)
    {
        space.Advice.Keep(space.Layout);
        if (space.Pages.Blocks is not { } blocks) return;
        for (uint from = 0; blocks.TryFindFrom(from, out uint first); from = first + 1)
        {
            if (!space.TryFindAligned(first, out uint aligned, out _) || aligned != first) Split(process, first);
        }
    }
}
