namespace Damon.Model.Memory;

/// <summary>Reclaimed pages that are going to be touched again, in batches of one instant each.</summary>
/// <remarks>
/// A page is not taken out when it is freed: a page table knows whether it is still out when its instant comes. A page that
/// is freed, allocated and reclaimed anew before its instant is entered again for the same one, that of its next touch.
/// </remarks>
public sealed class RefaultQueue
{
    private readonly Dictionary<long, List<uint>> _batches = [];
    private readonly Stack<List<uint>> _spare = new();
    private readonly HashSet<uint> _taken = [];

    /// <summary>Enters a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="dueUs">When it is touched next, us.</param>
    /// <returns>Whether it is the first one of that instant.</returns>
    public bool Add(uint page, long dueUs)
    {
        bool first = !_batches.TryGetValue(dueUs, out List<uint>? batch);
        if (first) _batches.Add(dueUs, batch = _spare.TryPop(out List<uint>? spare) ? spare : []);
        batch!.Add(page);
        return first;
    }

    /// <summary>Takes the pages of an instant into a list, each once, in the order in which they were entered.</summary>
    /// <param name="dueUs">The instant, us.</param>
    /// <param name="pages">Gets them behind what it has.</param>
    public void Take(long dueUs, List<uint> pages)
    {
        if (!_batches.Remove(dueUs, out List<uint>? batch)) return;
        _taken.Clear();
        foreach (uint page in batch)
        {
            if (_taken.Add(page)) pages.Add(page);
        }

        batch.Clear();
        _spare.Push(batch);
    }
}
