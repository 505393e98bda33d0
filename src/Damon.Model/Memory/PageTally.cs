namespace Damon.Model.Memory;

/// <summary>Adds up the pages of one range by kind, whichever nodes they are on.</summary>
public sealed class PageTally
{
    private readonly List<PagesOfKind> _kinds = [];

    /// <summary>
    /// How many folios were looked at, and 4 KiB pages without one: the steps of a walk over the page frames. A frame of more than 4 KiB stands
    /// for its 4 KiB pages.
    /// </summary>
    public ulong Looks { get; private set; }

    /// <summary>Adds bytes of a kind.</summary>
    public void Add(PageKind kind, ulong bytes)
    {
        for (int i = 0; i < _kinds.Count; i++)
        {
            if (_kinds[i].Kind != kind) continue;
            _kinds[i] = new PagesOfKind(kind, _kinds[i].Bytes + bytes);
            return;
        }

        _kinds.Add(new PagesOfKind(kind, bytes));
    }

    /// <summary>Adds steps of a walk.</summary>
    public void AddLooks(ulong looks) => Looks += looks;

    /// <summary>What was added up.</summary>
    public PageCounts ToCounts()
    {
        PagesOfKind[] sorted = [.. _kinds];
        Array.Sort(sorted, (left, right) => left.Kind.CompareTo(right.Kind));
        return new PageCounts([.. sorted]);
    }
}
