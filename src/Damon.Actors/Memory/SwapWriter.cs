using Damon.Actors.Runtime;
using Damon.Model.Memory;
using Damon.Model.Snapshots;

namespace Damon.Actors.Memory;

/// <summary>
/// Keeps what a node reclaims: anonymous folios take room of the swap device, which is held for a whole batch at once; folios of
/// files are dropped. Remembers what became of each.
/// </summary>
internal sealed class SwapWriter(ActorRef device, ulong pageBytes) : IBackingStore
{
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private readonly List<(uint Owner, ulong Entry)> _written = [];
    private ulong _room;

    /// <summary>The pages written in this batch and their swap entries, in the order of the walk.</summary>
    public List<(uint Owner, ulong Entry)> Written => _written;

    /// <summary>Begins a batch.</summary>
    /// <param name="pages">How many frames it has at most.</param>
    public void Begin(ulong pages)
    {
        _written.Clear();
        _room = device.Ask<ReserveSwap, ulong>(new ReserveSwap(pages * pageBytes));
    }

    /// <inheritdoc/>
    public bool TryTake(uint owner, FolioFlags flags, int pages)
    {
        ulong bytes = (ulong)pages * pageBytes;
        bool swapped = (flags & FolioFlags.Anon) != 0 && owner != NodeMemory.NoOwner;
        if (swapped)
        {
            if (bytes > _room) return false;
            _room -= bytes;
        }

        if (owner != NodeMemory.NoOwner) _written.Add((owner, SwapEntry.For(flags)));
        return true;
    }

    /// <summary>Ends the batch: gives back the room that was not needed.</summary>
    public void End() => device.Ask<ReleaseSwap, Done>(new ReleaseSwap(_room));
}
