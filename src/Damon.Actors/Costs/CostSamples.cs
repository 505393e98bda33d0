using Damon.Model.Costs;

namespace Damon.Actors.Costs;

/// <summary>How loaded a node's memory was in the last whole window.</summary>
/// <param name="BandwidthBytesPerSecond">What moved from and to it: accesses, migrations, reclaim and refaults, bytes/s.</param>
/// <param name="LoadedLatencyNs">What a load took under that traffic, ns.</param>
public sealed record NodeLoadSample(double BandwidthBytesPerSecond, double LoadedLatencyNs);

/// <summary>What a tenant feels.</summary>
/// <param name="AverageLatencyNs">The mean latency of its accesses in the last whole window, ns; 0 without accesses.</param>
/// <param name="Slowdown">
/// The time that it spent on memory in the last whole window (latencies and stalls), relative to all its memory being in the
/// host's fastest tier with no load: 1 or more.
/// </param>
/// <param name="AccessesPerSecond">Its accesses in the last whole window, 1/s.</param>
/// <param name="Traffic">What became of its memory, since the start.</param>
public sealed record TenantSample(double AverageLatencyNs, double Slowdown, double AccessesPerSecond, MemoryTraffic Traffic)
{
    /// <summary>Bytes that came back from swap so far.</summary>
    public ulong SwapInBytes => Traffic.SwapInBytes;

    /// <summary>Reclaimed pages that came back so far.</summary>
    public ulong RefaultCount => Traffic.Refaults;

    /// <summary>For how long it waited for pages so far, ns.</summary>
    public ulong StallNs => Traffic.StallNs;

    /// <summary>Bytes that moved between nodes so far.</summary>
    public ulong MigratedBytes => Traffic.MigratedBytes;
}

/// <summary>What translating addresses took a process in the last whole window.</summary>
/// <param name="NsPerAccess">The time of page walks, ns for each access to memory; 0 without accesses.</param>
/// <param name="SavedNsPerAccess">By how much more that would be if all its memory were in small pages, ns for each access.</param>
public sealed record WalkSample(double NsPerAccess, double SavedNsPerAccess);
