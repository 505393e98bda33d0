using Damon.Actors.Hosts;
using Damon.Model.Memory;
using Damon.Model.VirtualMemory;

namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>thp</c>.</summary>
internal static class ThpReader
{
    private const ulong MaxPagesToScan = 1UL << 31;
    private const long LongestUs = 365L * 86_400 * 1_000_000;

    /// <returns>Null: the host has no transparent huge pages.</returns>
    public static ThpSettings? Read(LayeredSection section, Machine machine)
    {
        string? enabled = section.ChoiceOrNull("enabled", "always", "madvise", "never");
        ThpSettings thp = new(enabled switch
        {
            "always" => HugePagePolicy.Always,
            "madvise" => HugePagePolicy.Madvise,
            _ => HugePagePolicy.Never,
        })
        {
            PagesToScan = (uint)section.Count("pages-to-scan", HugeBlocks.Pages, MaxPagesToScan),
            ScanSleepUs = (long)section.DurationUs("scan-sleep", 1_000, LongestUs),
            MaxPtesNone = (uint)section.Count("max-ptes-none", 0, HugeBlocks.Pages - 1),
        };
        if (enabled is null) return null;
        if (machine.PageShift != Vma.BasePageShift)
            section.Refuse("enabled", "nothing, unless machine.page-size is 4 KiB: transparent huge pages are made of such pages");
        return thp;
    }
}
