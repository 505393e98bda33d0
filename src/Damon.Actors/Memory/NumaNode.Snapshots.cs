using Damon.Actors.Runtime;

namespace Damon.Actors.Memory;

/// <content>What a node does before a snapshot is written and after one is loaded.</content>
public sealed partial class NumaNode :
    IRespond<FoldMemory, PlacesFolded>,
    IRespond<UnfoldMemory, Done>
{
    private const int PlacesAtOnce = 65_536;

    /// <inheritdoc/>
    public PlacesFolded Respond(in FoldMemory request)
    {
        _memory.SettleTouches(NowUs);
        ulong folded = 0;
        ulong told = TellPlaces((memcg, owners, pfns) => folded += (ulong)memcg.Ask<FoldPlaces, int>(new FoldPlaces(owners, pfns)));
        return new PlacesFolded(told, folded);
    }

    /// <inheritdoc/>
    public Done Respond(in UnfoldMemory request)
    {
        TellPlaces(static (memcg, owners, pfns) => memcg.Ask<UnfoldPlaces, Done>(new UnfoldPlaces(owners, pfns)));
        return default;
    }

    private ulong TellPlaces(Action<ActorRef, ReadOnlyMemory<uint>, ReadOnlyMemory<ulong>> tell)
    {
        int length = (int)Math.Min(PlacesAtOnce, _memory.UsedPages);
        uint[] owners = new uint[length];
        ulong[] pfns = new ulong[length];
        ulong told = 0;
        int frame = 0;
        for (int count; (count = _memory.CopyPlaces(ref frame, owners, pfns)) > 0; told += (ulong)count)
        {
            for (int i = 0; i < count; i++) _moves.Add(owners[i], pfns[i]);
            _moves.Send(tell);
        }

        return told;
    }
}
