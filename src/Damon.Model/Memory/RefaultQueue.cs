namespace Damon.Model.Memory;

/// <summary>Reclaimed pages that are going to be touched again, in batches of one instant each.</summary>
/// <remarks>
/// A page is not taken out when it is freed: a page table knows whether it is still out when its instant comes. The
/// instant of a page is that of its next touch, so a page that is reclaimed anew before it comes gets the same one.
/// </remarks>
public sealed class RefaultQueue
{
    private readonly Dictionary<long, List<uint>> _batches = [];
    private readonly Stack<List<uint>> _spare = new();

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

    /// <summary>Takes the pages of an instant into a list, in the order in which they were entered.</summary>
    /// <param name="dueUs">The instant, us.</param>
    /// <param name="pages">Gets them behind what it has.</param>
    public void Take(long dueUs, List<uint> pages)
    {
        if (!_batches.Remove(dueUs, out List<uint>? batch)) return;
        pages.AddRange(batch);
        batch.Clear();
        _spare.Push(batch);
    }
}
