using System.Collections.Immutable;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Schemes;
using Damon.Actors.Verification.Golden;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Verification.Functions;

/// <summary>A migrate action on one region of a process, done by the actors of a host (section 14).</summary>
internal static class MigrationVectors
{
    public static void Migrate(JsonElement vector, Comparison comparison)
    {
        VmaLayout layout = GoldenHost.Layout(vector.GetProperty("vmas"));
        SimulatedHost host = new(Host(vector, layout));
        SchemeSettings scheme = new()
        {
            Action = SchemeAction.MigrateHot,
            TargetNode = new NodeId(vector.GetProperty("target_nid").GetInt32()),
            Destinations = GoldenSchemes.Destinations(vector.GetProperty("dests")),
        };
        JsonElement range = vector.GetProperty("region");
        Region region = new(range[0].GetUInt64(), range[1].GetUInt64());
        ActionOutcome outcome = new VirtualAction(scheme, host.Map).Apply(
            region, new Target { Process = GoldenHost.ProcessName(0) }, passesFilters: false, nowUs: 0);

        comparison.Expect("applied", outcome.Applied);
        comparison.Expect("ops_filter_passed", outcome.Passed);
        HoldPlaces(vector.GetProperty("pfns_after"), Places(host, layout, vector.GetProperty("pfns").GetArrayLength()), comparison);
    }

    private static HostSettings Host(JsonElement vector, VmaLayout layout)
    {
        ImmutableArray<long> pfns = [.. vector.GetProperty("pfns").EnumerateArray().Select(pfn => pfn.GetInt64())];
        HashSet<ulong> offLru = [.. vector.U64s("off_lru")];
        return new HostSettings
        {
            Name = "migration",
            Nodes = [.. vector.GetProperty("nodes").EnumerateArray()
                .Select(node => new NodeSettings(node[0].GetUInt64(), node[1].GetUInt64()))],
            Processes =
            [
                new ProcessSettings
                {
                    Name = GoldenHost.ProcessName(0),
                    NrPages = (uint)pfns.Length,
                    Vmas = layout,
                    Placements = [.. Enumerable.Range(0, pfns.Length).Where(page => pfns[page] >= 0)
                        .Select(page => At((uint)page, (ulong)pfns[page], !offLru.Contains((ulong)page)))],
                },
                Others(vector.U64s("taken")),
            ],
        };
    }

    /// <summary>A process that has the other frames in use.</summary>
    private static ProcessSettings Others(ulong[] taken) => new()
    {
        Name = GoldenHost.ProcessName(1),
        NrPages = (uint)taken.Length,
        Placements = [.. taken.Select((pfn, page) => At((uint)page, pfn, onLru: false))],
    };

    private static PagePlacement At(uint page, ulong pfn, bool onLru) => new()
    {
        FirstPage = page,
        Count = 1,
        FirstPfn = pfn,
        Kind = new FolioKind(Anon: true, Active: false, Unevictable: false, Mapped: true, Huge: false, OnLru: onLru),
    };

    /// <summary>The frame of each page, as the memcg's page table has it.</summary>
    private static ulong[] Places(SimulatedHost host, VmaLayout layout, int nrPages)
    {
        ulong[] places = new ulong[nrPages];
        Array.Fill(places, NodeMemory.NoPfn);
        ProcessEntry process = host.Map.Process(GoldenHost.ProcessName(0))!.Value;
        MappedFolio[] folios = new MappedFolio[nrPages];
        foreach (Vma vma in layout.Vmas)
        {
            PageTableWalked walked = process.Memcg.Ask<WalkPageTable, PageTableWalked>(
                new WalkPageTable(process.Index, vma.Start, vma.End, folios));
            foreach (MappedFolio folio in folios.AsSpan(0, walked.Count)) places[vma.PageAt(folio.Address)] = folio.Pfn;
        }

        return places;
    }

    private static void HoldPlaces(JsonElement expected, ulong[] places, Comparison comparison)
    {
        for (int page = 0; page < places.Length && comparison.Difference is null; page++)
            comparison.Expect($"pfns_after[{page}]", expected[page].GetInt64(), (long)places[page]);
    }
}
