using Damon.Model.Memory;
using Damon.Model.Snapshots;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Memory;

/// <content>The address spaces of its processes, as kdamonds and their schemes see them (spec 10 and 14).</content>
public sealed partial class Memcg
{
    private readonly SortedSet<int> _members = [];
    private FramesByNode? _frames;
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private ulong[] _pfns = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private bool[] _young = [];

    private FramesByNode Frames => _frames ??= new FramesByNode(_map);

    /// <inheritdoc/>
    public PagesChanged Respond(in ReplaceVmas request)
    {
        AddressSpace space = _spaces[request.Process];
        if (!space.IsAlive) return default;
        space.Layout = request.Vmas;
        ulong freed = FreeUnmapped(request.Process, space);
        FitHugePages(request.Process, space);
        return new PagesChanged(freed);
    }

    /// <inheritdoc/>
    public Done Respond(in StartProcess request)
    {
        _spaces[request.Process].Start(_settings.Processes[request.Process].Vmas);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in JoinCgroup request)
    {
        _members.Add(request.Process);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in LeaveCgroup request)
    {
        _members.Remove(request.Process);
        return default;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Respond(in ReadProcesses request) => [.. _members];

    /// <inheritdoc/>
    public PagesChanged Respond(in ExitProcess request)
    {
        AddressSpace space = _spaces[request.Process];
        space.Exit();
        return new PagesChanged(FreeUnmapped(request.Process, space));
    }

    /// <inheritdoc/>
    public bool Respond(in ReadIsAlive request) => _spaces[request.Process].IsAlive;

    /// <inheritdoc/>
    public ThreeRegions? Respond(in FindThreeRegions request)
    {
        AddressSpace space = _spaces[request.Process];
        return space.IsAlive ? ThreeRegions.Of(space.Layout) : null;
    }

    /// <inheritdoc/>
    public Done Respond(in MarkOldMapped request)
    {
        FindFrames(request.Process, request.Addresses.Span);
        foreach (FramesByNode.Share share in Frames.Shares)
        {
            if (!share.Addresses.IsEmpty) share.Node.Ask<MarkOld, Done>(new MarkOld(share.Addresses));
        }

        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in CheckYoungMapped request)
    {
        FindFrames(request.Process, request.Addresses.Span);
        Span<bool> young = request.Young.Span;
        young.Clear();
        if (_young.Length < young.Length) _young = new bool[young.Length * 2];
        foreach (FramesByNode.Share share in Frames.Shares)
        {
            if (share.Addresses.IsEmpty) continue;
            share.Node.Ask<CheckMappedFolios, Done>(new CheckMappedFolios(share.Addresses, _young));
            share.Scatter(_young, young);
        }

        return default;
    }

    /// <inheritdoc/>
    public bool Respond(in ReadIsMapped request) => _spaces[request.Process].Layout.Covers(request.Start, request.End);

    /// <inheritdoc/>
    public PageTableWalked Respond(in WalkPageTable request)
    {
        (int count, ulong next) = _spaces[request.Process].Walk(request.Start, request.End, request.Folios.Span);
        return new PageTableWalked(count, next);
    }

    /// <summary>Finds the folios at virtual addresses, node by node; where nothing is mapped there is none.</summary>
    private void FindFrames(int process, ReadOnlySpan<ulong> addresses)
    {
        if (_pfns.Length < addresses.Length) _pfns = new ulong[addresses.Length * 2];
        _spaces[process].Translate(addresses, _pfns);
        Frames.Clear();
        for (int i = 0; i < addresses.Length; i++)
        {
            if (_pfns[i] != NodeMemory.NoPfn) Frames.Add(_pfns[i], i);
        }
    }

    private ulong FreeUnmapped(int process, AddressSpace space)
    {
        ulong pages = 0;
        foreach ((uint first, uint count) in space.Layout.UnmappedPages(space.Pages.PageCount))
            pages += Respond(new FreePages(process, first, count)).Pages;
        return pages;
    }
}
