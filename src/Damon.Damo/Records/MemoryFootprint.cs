using Damon.Damo.Document;

namespace Damon.Damo.Records;

/// <summary>Memory use at one moment (records spec section 1).</summary>
/// <param name="TimeSeconds">The moment, s.</param>
/// <param name="Processes">Each process's memory.</param>
/// <param name="System">The machine's memory; null when not recorded.</param>
public sealed record MemoryFootprint(double TimeSeconds, Sequence<ProcessFootprint> Processes, SystemFootprint? System)
{
    /// <summary>Virtual size of all processes, bytes.</summary>
    public double VirtualBytes => Processes.Sum(process => (double)process.SizePages) * ProcessFootprint.PageBytes;

    /// <summary>Resident size of all processes, bytes.</summary>
    public double ResidentBytes => Processes.Sum(process => (double)process.ResidentPages) * ProcessFootprint.PageBytes;
}

/// <summary>A process's memory in pages of 4 KiB, as /proc/PID/statm has it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="SizePages">Virtual size.</param>
/// <param name="ResidentPages">Resident pages.</param>
/// <param name="SharedPages">Resident pages that files back.</param>
/// <param name="CodePages">Pages of code (trs).</param>
/// <param name="DataPages">Pages of data and stack (drs).</param>
public sealed record ProcessFootprint(long Pid, long SizePages, long ResidentPages, long SharedPages = 0, long CodePages = 0, long DataPages = 0)
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 4096;
}

/// <summary>The machine's memory in KiB, as /proc/meminfo has it.</summary>
/// <param name="TotalKiB">All memory.</param>
/// <param name="FreeKiB">Unused memory.</param>
/// <param name="AvailableKiB">Memory that can be had without swapping.</param>
/// <param name="BuffersKiB">Block device buffers.</param>
/// <param name="CachedKiB">Page cache.</param>
public sealed record SystemFootprint(long TotalKiB, long FreeKiB, long AvailableKiB = 0, long BuffersKiB = 0, long CachedKiB = 0)
{
    /// <summary>Memory in use: all that is not free, bytes.</summary>
    public double UsedBytes => ((double)TotalKiB - FreeKiB) * 1024;
}
