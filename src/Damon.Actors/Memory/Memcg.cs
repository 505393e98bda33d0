using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;

namespace Damon.Actors.Memory;

/// <summary>
/// A memory cgroup, a tenant: the only one who knows the mappings and page tables of its processes. Publishes their access patterns to
/// the nodes and takes and gives back memory for them.
/// </summary>
public sealed partial class Memcg : Actor,
    IRespond<RemapPages, Done>,
    IRespond<AllocatePages, PagesChanged>,
    IRespond<FreePages, PagesChanged>,
    IRespond<ReadUsageOnNode, MemcgUsage>,
    IRespond<HashPlacement, ulong>,
    IRespond<ReadFootprint, ulong>,
    IRespond<ReplaceVmas, PagesChanged>,
    IRespond<StartProcess, Done>,
    IRespond<ExitProcess, PagesChanged>,
    IRespond<JoinCgroup, Done>,
    IRespond<LeaveCgroup, Done>,
    IRespond<ReadProcesses, IReadOnlyList<int>>,
    IRespond<ReadIsAlive, bool>,
    IRespond<FindThreeRegions, ThreeRegions?>,
    IRespond<MarkOldMapped, Done>,
    IRespond<CheckYoungMapped, Done>,
    IRespond<ReadIsMapped, bool>,
    IRespond<WalkPageTable, PageTableWalked>
{
    private const uint Batch = 65_536;

    private readonly MemcgId _id;
    private readonly HostSettings _settings;
    private readonly HostMap _map;
    private readonly SortedList<int, AddressSpace> _spaces = [];

    /// <summary>A memcg with the processes that the settings give it.</summary>
    public Memcg(MemcgId id, HostSettings settings, HostMap map)
    {
        _id = id;
        _settings = settings;
        _map = map;
    }

    /// <inheritdoc/>
    public Done Respond(in RemapPages request)
    {
        ReadOnlySpan<uint> owners = request.Owners.Span;
        ReadOnlySpan<ulong> pfns = request.Pfns.Span;
        int process = -1;
        (uint First, uint End) pages = default;
        PageTable? table = null;
        for (int i = 0; i < owners.Length; i++)
        {
            if (table is null || owners[i] - pages.First >= pages.End - pages.First)
            {
                process = _map.ProcessOf(owners[i]);
                (pages, table) = (_map.PagesOf(process), _spaces[process].Pages);
            }

            uint page = owners[i] - pages.First;
            if (table.Blocks is { } blocks && blocks.BeginsAt(page))
            {
                RemapBlock(process, table, page, pfns[i]);
            }
            else if (pfns[i] == NodeMemory.NoPfn)
            {
                table.Unmap(page);
            }
            else if (SwapEntry.IsOne(pfns[i]))
            {
                SwapOut(process, table, page, pfns[i]);
            }
            else
            {
                table.Map(page, pfns[i]);
                CountMove(process, page);
            }
        }

        Settle();
        return default;
    }

    /// <inheritdoc/>
    public PagesChanged Respond(in AllocatePages request)
    {
        if (!_spaces[request.Process].IsAlive) return default;
        FolioTemplate template = new(_id, request.Flags | FolioFlags.Accessed, request.Huge, Context.Now.Microseconds);
        ulong allocated = 0;
        uint stride = Math.Max(request.Stride, 1);
        uint span = request.Count == 0 ? 0 : ((request.Count - 1) * stride) + 1;
        uint batch = Math.Max(1, Batch / stride) * stride;
        for (uint done = 0; done < span; done += batch)
            allocated += Allocate(request, request.FirstPage + done, Math.Min(batch, span - done), template);

        Settle();
        return new PagesChanged(allocated);
    }

    /// <inheritdoc/>
    public PagesChanged Respond(in FreePages request)
    {
        PageTable table = _spaces[request.Process].Pages;
        List<ulong>[] freed = [.. _map.Nodes.Select(_ => new List<ulong>())];
        SplitAcross(request.Process, request.FirstPage, request.Count);
        ulong pages = 0;
        uint tailsEnd = 0;
        for (uint page = request.FirstPage; page < request.FirstPage + request.Count; page++)
        {
            if (table.Blocks is { } blocks && blocks.BeginsAt(page))
            {
                table.SplitBlock(page);
                tailsEnd = page + HugeBlocks.Pages;
            }

            ulong pfn = table.Unmap(page);
            if (pfn == NodeMemory.NoPfn) continue;
            pages++;
            bool isTail = page < tailsEnd && tailsEnd - page < HugeBlocks.Pages;
            if (!isTail) freed[_map.NodeIndexAt(pfn << _map.PageShift)].Add(pfn);
        }

        Free(freed);
        Settle();
        return new PagesChanged(pages);
    }

    /// <inheritdoc/>
    public MemcgUsage Respond(in ReadUsageOnNode request) =>
        _map.Node(request.Node) is { } node ? node.Ask<ReadMemcgUsage, MemcgUsage>(new ReadMemcgUsage(_id)) : default;

    /// <inheritdoc/>
    public ulong Respond(in HashPlacement request) => _spaces[request.Process].FeedHash(request.Hash);

    /// <inheritdoc/>
    public ulong Respond(in ReadFootprint request)
    {
        ulong bytes = 0;
        foreach (var space in _spaces.Values) bytes += space.Pages.FootprintBytes;
        return bytes;
    }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        for (int process = 0; process < _settings.Processes.Length; process++)
        {
            if (_settings.Processes[process].Memcg == _id) StartProcess(process, _settings.Processes[process]);
        }
    }

    private void StartProcess(int index, ProcessSettings settings)
    {
        AddressSpace space = settings.StartsLater ? new(settings.NrPages) : new(settings.NrPages, settings.Vmas);
        _spaces.Add(index, space);
        _members.Add(index);
        bool canHaveHugePages = _settings.Thp is not null && settings.CanHaveHugePages;
        if (canHaveHugePages) space.Pages.AllowBlocks();
        uint basePage = _map.BasePages[index];
        OpenLedger(index);
        PublishPattern publication = new(basePage, new ProcessPattern(settings.NrPages, settings.Rules)
        {
            PagesInHugeFolio = canHaveHugePages ? HugeBlocks.Pages : 1,
        });
        foreach (NodeEntry node in _map.Nodes) node.Node.Ask<PublishPattern, Done>(publication);
        foreach (PagePlacement placement in settings.Placements) Place(space.Pages, basePage, placement);
    }

    private void Place(PageTable table, uint basePage, PagePlacement placement)
    {
        int node = _map.NodeIndexAt(placement.FirstPfn << _map.PageShift);
        if (node < 0) throw new InvalidOperationException($"frame {placement.FirstPfn} is on no node of the host");
        FolioTemplate template = new(_id, Flags(placement), placement.Kind.Huge);
        PlaceFolios request = new(
            placement.FirstPfn, placement.PfnStep, basePage + placement.FirstPage, placement.Count, template);
        _map.Nodes[node].Node.Ask<PlaceFolios, Done>(request);
        if (placement.Kind.Huge) table.SetHuge(placement.FirstPage, placement.Count);
        table.MapMany(placement.FirstPage, placement.Count, placement.FirstPfn, placement.PfnStep);
        for (uint i = 0; i < placement.Count && table.Blocks is not null; i++) table.Touch(placement.FirstPage + i);
    }

    private static FolioFlags Flags(PagePlacement placement) =>
        placement.Kind.ToFlags()
        | (placement.Accessed ? FolioFlags.Accessed : 0)
        | (placement.Idle ? FolioFlags.Idle : 0);

    private ulong Allocate(in AllocatePages request, uint firstPage, uint count, in FolioTemplate template)
    {
        PageTable table = _spaces[request.Process].Pages;
        ulong allocated = table.Blocks is null ? 0 : FaultBlocks(request, firstPage, count, template);
        uint stride = Math.Max(request.Stride, 1);
        bool[] wanted = new bool[count];
        ulong[] pfns = new ulong[count];
        for (uint i = 0; i < count; i += stride) wanted[i] = !table.IsResident(firstPage + i);
        allocated += AllocateOn(request.Node, table, request.Process, firstPage, wanted, pfns, template);
        if (request.Fallback is { } fallback)
            allocated += AllocateOn(fallback, table, request.Process, firstPage, wanted, pfns, template);
        for (uint i = 0; i < count && table.Blocks is not null; i += stride) table.Touch(firstPage + i);
        return allocated;
    }

    /// <summary>Lets the nodes free folios.</summary>
    /// <param name="pfns">By node, the folios' first frames.</param>
    private void Free(List<ulong>[] pfns)
    {
        for (int node = 0; node < pfns.Length; node++)
        {
            if (pfns[node].Count > 0) _map.Nodes[node].Node.Ask<FreeFolios, Done>(new FreeFolios(pfns[node].ToArray()));
        }
    }

    /// <summary>Takes memory of one node for the pages still wanted; those that got some are not wanted any more.</summary>
    private ulong AllocateOn(
        NodeId nodeId, PageTable table, int process, uint firstPage, bool[] wanted, ulong[] pfns, in FolioTemplate template)
    {
        if (_map.Node(nodeId) is not { } node) return 0;
        if (template.Huge) table.SetHuge(firstPage, (uint)wanted.Length);
        AllocateFolios request = new(_map.BasePages[process] + firstPage, wanted, template, pfns);
        int allocated = node.Ask<AllocateFolios, int>(request);
        for (int i = 0; i < wanted.Length; i++)
        {
            if (pfns[i] == NodeMemory.NoPfn) continue;
            table.Map(firstPage + (uint)i, pfns[i]);
            wanted[i] = false;
        }

        return (ulong)allocated;
    }
}
