using Damon.Actors.Runtime;
using Damon.Model.Costs;
using Damon.Model.Memory;

namespace Damon.Actors.Memory;

/// <content>What only hosts with swap or a cost model have: swapping out and in, and the time that copying takes.</content>
public sealed partial class NumaNode :
    IRespond<FaultIn, int>,
    IRespond<ReadMovedBytes, ulong>
{
    private SwapWriter? _swap;
    private ulong _faultedIn;

    /// <inheritdoc/>
    public int Respond(in FaultIn request)
    {
        ReadOnlySpan<uint> owners = request.Owners.Span;
        Span<ulong> pfns = request.Pfns.Span;
        int placed = 0;
        for (int i = 0; i < owners.Length; i++)
        {
            if (pfns[i] != NodeMemory.NoPfn) continue;
            pfns[i] = _memory.Allocate(owners[i], request.Template);
            if (pfns[i] != NodeMemory.NoPfn) placed++;
        }

        _faultedIn += (ulong)(placed * (request.Template.Huge ? _memory.HugePages : 1));
        return placed;
    }

    /// <inheritdoc/>
    public ulong Respond(in ReadMovedBytes request) =>
        (_migratedIn + _migratedOut + _reclaimed + _faultedIn) << _settings.PageShift;

    /// <summary>Reclaims what is gathered so that it can come back.</summary>
    private PagesChanged ReclaimToSwap(ActorRef device)
    {
        _swap ??= new SwapWriter(device, _memory.PageBytes);
        _swap.Begin(_memory.GatheredPages);
        _freed.Clear();
        ulong pages = (ulong)_memory.ReclaimGathered(_settings.ReclaimSkipsAccessed, NowUs, _freed, _swap);
        _swap.End();
        foreach ((uint owner, ulong entry) in _swap.Written) _moves.Add(owner, entry);
        _moves.Send();
        _reclaimed += pages;
        if (pages > 0 && _settings.Costs.Memory is { } costs) Context.Spend(new VirtualDuration(costs.Shootdown.Ns(costs.Cpus)));
        return new PagesChanged(pages);
    }

    /// <summary>Lets whoever migrates wait for the copying of the folios that found room.</summary>
    private void SpendOnMigration(ReadOnlySpan<FolioRecord> folios, ReadOnlySpan<ulong> newPfns)
    {
        if (_settings.Costs.Memory is not { } costs) return;
        long baseNs = costs.Migration.OfFolio(_memory.PageBytes);
        long hugeNs = costs.Migration.OfFolio(1UL << NodeMemory.HugeShift);
        long ns = 0;
        for (int i = 0; i < folios.Length; i++)
        {
            if (newPfns[i] != NodeMemory.NoPfn) ns += folios[i].Huge ? hugeNs : baseNs;
        }

        if (ns > 0) Context.Spend(new VirtualDuration(ns + costs.Shootdown.Ns(costs.Cpus)));
    }
}
