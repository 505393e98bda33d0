using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;

namespace Damon.Actors.Snapshots;

/// <summary>
/// Makes the memory of a host small for a snapshot: nodes settle what they remember of touches, and page tables leave out what the frames
/// tell. Nothing of it can be seen in the running host.
/// </summary>
/// <param name="map">The host's actors.</param>
internal sealed class MemoryFolding(HostMap map)
{
    /// <summary>Folds, until <see cref="End"/>.</summary>
    public void Fold()
    {
        ulong resident = FoldTables(whole: false);
        ulong told = 0;
        ulong folded = 0;
        foreach (NodeEntry node in map.Nodes)
        {
            PlacesFolded places = node.Node.Ask<FoldMemory, PlacesFolded>(default);
            told += places.Told;
            folded += places.Folded;
        }

        // Where each page of a table is in exactly one frame, and each frame's page in the table, the frames alone tell it all.
        if (told != folded || folded != resident) FoldTables(whole: true);
    }

    /// <summary>Completes the page tables of a host that was loaded.</summary>
    public void Unfold()
    {
        foreach (NodeEntry node in map.Nodes) node.Node.Ask<UnfoldMemory, Done>(default);
        End();
    }

    /// <summary>The host goes on.</summary>
    public void End()
    {
        foreach (ActorRef memcg in map.MemcgsBelow("/")) memcg.Ask<EndFolding, Done>(default);
    }

    private ulong FoldTables(bool whole)
    {
        ulong resident = 0;
        foreach (ActorRef memcg in map.MemcgsBelow("/")) resident += memcg.Ask<FoldTables, ulong>(new FoldTables(whole));
        return resident;
    }
}
