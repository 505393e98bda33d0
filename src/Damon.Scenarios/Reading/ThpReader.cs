using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.Schemes;
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

    /// <summary>A note about schemes whose action does nothing on a host without transparent huge pages; empty: there are none.</summary>
    public static IEnumerable<string> InVain(ImmutableArray<KdamondSettings> kdamonds)
    {
        bool any = kdamonds.Any(kdamond => kdamond.Schemes.Any(scheme =>
            scheme.Action is SchemeAction.HugePage or SchemeAction.NoHugePage or SchemeAction.Collapse));
        if (any) yield return "the actions hugepage, nohugepage and collapse change nothing where thp.enabled is not set";
    }
}
