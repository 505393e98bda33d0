using Damon.Actors.Hosts;

namespace Damon.Scenarios.Running;

/// <summary>How far a running host is; written by its thread and read by any other.</summary>
public sealed class HostProgress
{
    private long _nowUs;
    private HostSample? _sample;

    /// <summary>The host's virtual time, us.</summary>
    public ulong NowUs => (ulong)Interlocked.Read(ref _nowUs);

    /// <summary>Its last reading; null before the first.</summary>
    public HostSample? LastSample => Volatile.Read(ref _sample);

    internal void Reach(ulong nowUs, IReadOnlyList<HostSample> readings)
    {
        if (readings.Count > 0) Volatile.Write(ref _sample, readings[^1]);
        Interlocked.Exchange(ref _nowUs, (long)nowUs);
    }
}
