namespace Damon.Model.Workloads;

/// <summary>
/// Answers "was this page touched since then" for all the processes of a host, from their patterns. It is a node's own: it
/// remembers what it computed for the present time, since thousands of looks come at the same time.
/// </summary>
/// <remarks>
/// The host's page space is cut into segments, in which the same contiguous periodic rules hold; their last touch is one
/// number per segment and time. Strided and random rules are looked at page by page. A table over every 512 pages leads
/// to the segment.
/// </remarks>
public sealed class TouchOracle
{
    private readonly SortedList<uint, ProcessPattern> _processes = [];
    private TouchSegments _segments = TouchSegments.Empty;
    private bool _stale;

    /// <summary>Takes in a process, or replaces its pattern by another.</summary>
    /// <param name="basePage">The process's first page in the host's page space.</param>
    /// <param name="pattern">Its pattern.</param>
    /// <exception cref="ArgumentException">The pages overlap those of another process.</exception>
    public void Attach(uint basePage, ProcessPattern pattern)
    {
        ulong end = (ulong)basePage + pattern.PageCount;
        foreach ((uint otherBase, ProcessPattern other) in _processes)
            if (otherBase != basePage && otherBase < end && basePage < (ulong)otherBase + other.PageCount)
                throw new ArgumentException($"Pages [{basePage}, {end}) overlap those of the process at page {otherBase}.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, uint.MaxValue, nameof(pattern));
        _processes[basePage] = pattern;
        _stale = true;
    }

    /// <summary>Forgets a process: its pages are touched no more, and what was not looked at is lost.</summary>
    /// <param name="basePage">The process's first page in the host's page space.</param>
    public void Detach(uint basePage)
    {
        if (_processes.Remove(basePage)) _stale = true;
    }

    /// <summary>Whether a page was touched in (sinceUs, nowUs].</summary>
    /// <param name="page">The page in the host's page space; one of no process is never touched.</param>
    /// <param name="sinceUs">Exclusive, in us; -1 includes touches at time 0.</param>
    /// <param name="nowUs">Inclusive, in us; looks are cheap while it stays the same.</param>
    public bool TouchedSince(uint page, long sinceUs, long nowUs)
    {
        if (_stale) Rebuild();
        return _segments.TouchedSince(page, sinceUs, nowUs);
    }

    /// <summary>Whether any page of a 2 MiB folio was touched in (sinceUs, nowUs].</summary>
    /// <param name="page">The folio's first page in the host's page space; one of no process is never touched.</param>
    /// <param name="sinceUs">Exclusive, in us; -1 includes touches at time 0.</param>
    /// <param name="nowUs">Inclusive, in us.</param>
    public bool HugeTouchedSince(uint page, long sinceUs, long nowUs)
    {
        if (_stale) Rebuild();
        return _segments.HugeTouchedSince(page, sinceUs, nowUs);
    }

    private void Rebuild()
    {
        _segments = new TouchSegments(_processes);
        _stale = false;
    }
}
