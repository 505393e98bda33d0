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

    internal void Reach(ulong nowUs) => Interlocked.Exchange(ref _nowUs, (long)nowUs);

    internal void Show(HostSample sample) => Volatile.Write(ref _sample, sample);
}
