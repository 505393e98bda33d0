namespace Damon.Model.Memory;

/// <summary>
/// Pressure stall information: for how long some task was held up by a lack of memory ("some" of
/// <c>/proc/pressure/memory</c>).
/// </summary>
public sealed class Psi
{
    private readonly List<(ulong StartUs, ulong EndUs, ulong StallUsPerSecond)> _segments = [];
    private ulong _addedNs;

    /// <summary>Lets stalls come at a constant rate over a stretch of time (SCHEMA <c>psi[]</c>).</summary>
    /// <param name="startUs">From when on, in us.</param>
    /// <param name="endUs">Until when, in us.</param>
    /// <param name="stallUsPerSecond">Stall time in us per second of virtual time.</param>
    public void Feed(ulong startUs, ulong endUs, ulong stallUsPerSecond) =>
        _segments.Add((startUs, endUs, stallUsPerSecond));

    /// <summary>Adds one stall.</summary>
    /// <param name="stallNs">Its length in ns.</param>
    public void Add(ulong stallNs) => _addedNs += stallNs;

    /// <summary>All stall time until now, in ns. Each stretch is rounded down on its own.</summary>
    /// <param name="nowUs">The virtual time, in us.</param>
    public ulong TotalNs(long nowUs)
    {
        ulong total = _addedNs;
        foreach ((ulong startUs, ulong endUs, ulong stallUsPerSecond) in _segments)
        {
            ulong end = Math.Min((ulong)nowUs, endUs);
            if (end > startUs) total += (end - startUs) * stallUsPerSecond / 1000;
        }
        return total;
    }

    /// <summary>All stall time until now, in us, rounded down: what some_mem_psi_us is measured with (spec section 9).</summary>
    /// <param name="nowUs">The virtual time, in us.</param>
    public ulong TotalUs(long nowUs) => TotalNs(nowUs) / 1000;
}
