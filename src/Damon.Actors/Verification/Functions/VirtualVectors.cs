using System.Collections.Immutable;
using System.Text.Json;
using Damon.Actors.Verification.Golden;
using Damon.Model;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Verification.Functions;

/// <summary>The ranges monitored of a process, and where weighted destinations put its folios (section 14).</summary>
internal static class VirtualVectors
{
    public static void ThreeRegions(JsonElement vector, Comparison comparison)
    {
        ThreeRegions? found = Model.VirtualMemory.ThreeRegions.Of(Layout(vector));
        comparison.Expect("ret", ErrorCode.Of(found is null ? "fewer than two gaps" : null));
        AddressRange[] ranges = found is { } three ? [three.First, three.Second, three.Third] : [];
        JsonElement expected = vector.GetProperty("regions");
        comparison.Expect("the number of regions", (ulong)expected.GetArrayLength(), (ulong)ranges.Length);
        for (int i = 0; i < ranges.Length && comparison.Difference is null; i++)
        {
            comparison.Expect($"regions[{i}].start", expected[i][0].GetUInt64(), ranges[i].Start);
            comparison.Expect($"regions[{i}].end", expected[i][1].GetUInt64(), ranges[i].End);
        }
    }

    /// <summary>Initial regions and updates of them, each step from the regions that are given for it.</summary>
    public static void Update(JsonElement vector, Comparison comparison)
    {
        int index = 0;
        foreach (JsonElement step in vector.GetProperty("steps").EnumerateArray())
        {
            Target target = step.Target("before");
            bool asks = step.GetProperty("op").GetString() == "update" || target.Regions.Count == 0;
            if (asks && step.Flag("alive") && Model.VirtualMemory.ThreeRegions.Of(Layout(step)) is { } found)
                found.Fit(target.Regions, Model.VirtualMemory.ThreeRegions.Grain);
            comparison.Expect($"steps[{index++}].after", step.GetProperty("after"), target.Regions);
        }
    }

    /// <summary>The list that each folio is put on, if it is isolated at all.</summary>
    public static void Destinations(JsonElement vector, Comparison comparison)
    {
        WeightedDestinations destinations = new(GoldenSchemes.Destinations(vector.GetProperty("dests")));
        int index = 0;
        foreach (JsonElement folio in vector.GetProperty("folios").EnumerateArray())
        {
            ulong address = folio[0].GetUInt64();
            Vma vma = new(vector.U64("vm_start"), ulong.MaxValue, vector.U64("vm_pgoff"), 0, folio[1].GetInt32());
            int list = destinations.ListOf(vma.InterleaveIndex(address), new NodeId(folio[2].GetInt32()));
            bool isOnLru = folio[3].GetInt32() != 0;
            comparison.Expect($"folios[{index++}].list", folio[4].GetInt64(), isOnLru ? list : WeightedDestinations.Nowhere);
        }
    }

    private static VmaLayout Layout(JsonElement vector) => new([.. vector.GetProperty("vmas").EnumerateArray().Select(
        vma => new Vma(vma[0].GetUInt64(), vma[1].GetUInt64(), PageOffset: 0, FirstPage: 0))]);
}
