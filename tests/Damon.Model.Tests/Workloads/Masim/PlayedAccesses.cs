namespace Damon.Model.Tests.Workloads.Masim;

/// <summary>
/// Plays the accesses of a walk one by one, as masim's loop does: an independent account of what <c>MasimProgram</c> computes.
/// </summary>
internal sealed class PlayedAccesses
{
    private readonly Dictionary<uint, List<long>> _touches = [];
    private (uint Page, long Us) _last = (uint.MaxValue, -1);

    /// <summary>Plays one draw of a walk.</summary>
    /// <param name="offset">The walk's offset, which goes on.</param>
    /// <param name="bytes">The region's size.</param>
    /// <param name="stride">The stride.</param>
    /// <param name="firstPage">The region's first page.</param>
    /// <param name="timeOf">When the i-th access of the draw is made, us.</param>
    public void Walk(ref long offset, long bytes, long stride, uint firstPage, Func<long, long> timeOf)
    {
        for (long i = 0; i < 131_072; i++)
        {
            offset += stride;
            if (offset >= bytes) offset = 0;
            uint page = firstPage + (uint)(offset / 4096);
            long us = timeOf(i);
            if (_last == (page, us)) continue;
            _last = (page, us);
            if (!_touches.TryGetValue(page, out List<long>? times)) _touches.Add(page, times = []);
            times.Add(us);
        }
    }

    public bool Touched(uint page, long since, long now) =>
        _touches.TryGetValue(page, out List<long>? times) && times.Exists(time => time > since && time <= now);

    public long Next(uint page, long after)
    {
        int found = _touches.TryGetValue(page, out List<long>? times) ? times.FindIndex(time => time > after) : -1;
        return found < 0 ? long.MaxValue : times![found];
    }
}
