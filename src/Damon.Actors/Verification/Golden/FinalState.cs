using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Actors.Verification.Functions;

namespace Damon.Actors.Verification.Golden;

/// <summary>Holds schemes and memory of a host, at any moment of a run or at its end, against what was recorded.</summary>
internal sealed class FinalState(SimulatedHost host, HostSettings settings)
{
    private const int TimedFields = 13;

    public Differences Differences { get; init; } = new();

    public Difference? Difference => Differences.First;

    /// <summary>All kdamonds' schemes.</summary>
    public void HoldSchemes(JsonElement expected)
    {
        for (int i = 0; i < host.Map.Kdamonds.Count; i++)
        {
            IReadOnlyList<ActorRef> schemes = host.Map.Kdamonds[i].Ask<ReadSchemes, IReadOnlyList<ActorRef>>(default);
            HoldSchemes($"schemes of context {i}", expected[i], schemes);
        }
    }

    /// <summary>One kdamond's schemes.</summary>
    public void HoldSchemes(string at, JsonElement expected, IReadOnlyList<ActorRef> schemes)
    {
        Differences.Expect($"{at}, number", expected.GetArrayLength(), schemes.Count);
        for (int i = 0; i < schemes.Count && Difference is null; i++)
            HoldScheme($"{at}[{i}]", expected[i], schemes[i].Ask<ReadScheme, SchemeReading>(default));
    }

    /// <summary>The nodes' used pages and the cgroups' resident pages on each.</summary>
    public void HoldMemory(JsonElement expected) => HoldMemory("memory", expected[0], expected[1]);

    /// <summary>The nodes' used pages and the cgroups' resident pages on each.</summary>
    public void HoldMemory(string at, JsonElement nodeUsed, JsonElement memcgPages)
    {
        for (int node = 0; node < settings.Nodes.Length && Difference is null; node++)
        {
            ActorRef actor = host.Map.Nodes[node].Node;
            NodeUsage usage = actor.Ask<ReadNodeUsage, NodeUsage>(default);
            Differences.Expect($"{at}, node_used[{node}]", nodeUsed[node].GetUInt64(), usage.Total - usage.Free);
            for (int i = 0; i < settings.Memcgs.Length; i++)
            {
                ulong pages = actor.Ask<ReadMemcgUsage, MemcgUsage>(new ReadMemcgUsage(settings.Memcgs[i].Id)).Resident;
                Differences.Expect($"{at}, memcg_pages[{i}][{node}]", memcgPages[i][node].GetUInt64(), pages);
            }
        }
    }

    /// <summary>The nodes' LRU lists.</summary>
    public void HoldLru(JsonElement expected)
    {
        for (int node = 0; node < settings.Nodes.Length; node++)
            Differences.Expect($"lru[{node}]", expected[node], host.Map.Nodes[node].Node.Ask<ReadLruLists, ulong[]>(default));
    }

    /// <summary>Where each page is.</summary>
    public void HoldPlacement(JsonElement expected, string at = "place_hash") =>
        Differences.Expect(at, expected, host.PlacementHash());

    private void HoldScheme(string at, JsonElement expected, SchemeReading found)
    {
        SchemeSample sample = found.Sample;
        Differences.Expect($"{at}.esz", expected[0].GetUInt64(), sample.EffectiveSizeBytes);
        Differences.Expect($"{at}.charged_sz", expected[1].GetUInt64(), sample.ChargedBytes);
        Differences.Expect($"{at}.min_score", expected[2].GetUInt64(), found.MinScore);
        Differences.Expect($"{at}.nr_tried", expected[3].GetUInt64(), sample.Stats.NrTried);
        Differences.Expect($"{at}.sz_tried", expected[4].GetUInt64(), sample.Stats.SzTried);
        Differences.Expect($"{at}.nr_applied", expected[5].GetUInt64(), sample.Stats.NrApplied);
        Differences.Expect($"{at}.sz_applied", expected[6].GetUInt64(), sample.Stats.SzApplied);
        Differences.Expect($"{at}.sz_ops_filter_passed", expected[7].GetUInt64(), sample.Stats.SzOpsFilterPassed);
        Differences.Expect($"{at}.qt_exceeds", expected[8].GetUInt64(), sample.Stats.QtExceeds);
        Differences.Expect($"{at}.nr_snapshots", expected[9].GetUInt64(), sample.Stats.NrSnapshots);
        Differences.Expect($"{at}.watermark_activated", expected[10].GetUInt64(), sample.Activated ? 1UL : 0);
        if (expected.GetArrayLength() < TimedFields) return;
        Differences.Expect($"{at}.total_charged_sz", expected[11].GetUInt64(), found.TotalChargedSize);
        Differences.Expect($"{at}.total_charged_ns", expected[12].GetUInt64(), found.TotalChargedNs);
    }
}
