using Damon.Model.Memory;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Hosts;

/// <summary>How a host's kernel uses transparent huge pages (/sys/kernel/mm/transparent_hugepage).</summary>
/// <param name="Enabled">Where it uses any by itself.</param>
public sealed record ThpSettings(HugePagePolicy Enabled)
{
    /// <summary>How many 4 KiB pages khugepaged looks at between two sleeps (khugepaged/pages_to_scan); less than a block counts as one.</summary>
    public uint PagesToScan { get; init; } = 8 * HugeBlocks.Pages;

    /// <summary>How long khugepaged sleeps, us (khugepaged/scan_sleep_millisecs); at least 1.</summary>
    public long ScanSleepUs { get; init; } = 10_000_000;

    /// <summary>
    /// How many pages of a block may be missing, 0..511, for khugepaged to fill them up with zeros (khugepaged/max_ptes_none). MADV_COLLAPSE
    /// does not mind.
    /// </summary>
    public uint MaxPtesNone { get; init; } = HugeBlocks.Pages - 1;
}
