using System.Globalization;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Actors.Verification.Functions;
using Damon.Model.Kdamonds;

namespace Damon.Actors.Verification.Golden;

/// <summary>
/// Observes the kdamonds of a host and holds each moment against what the kernel's code did; keeps the first difference.
/// </summary>
internal sealed class GoldenRecorder : Actor, IRespond<KdamondMoment, Done>
{
    private readonly SimulatedHost _host;
    private readonly HostSettings _settings;
    private readonly JsonElement[] _records;
    private readonly FullDumps _dumps;
    private readonly Track[] _tracks;
    private readonly bool _isTimed;
    private int _nrRecords;

    public GoldenRecorder(SimulatedHost host, HostSettings settings, JsonElement golden)
    {
        _host = host;
        _settings = settings;
        JsonElement result = golden.GetProperty("result");
        JsonElement @case = golden.GetProperty("case");
        _records = [.. result.GetProperty("records").EnumerateArray()];
        _dumps = new FullDumps(result.GetProperty("full"));
        bool withProbes = @case.GetProperty("dump").TryGetProperty("probes", out JsonElement probes) && probes.GetBoolean();
        _tracks = [.. settings.Kdamonds.Select(_ => new Track(withProbes))];
        _isTimed = @case.TryGetProperty("apply_costs", out _);
        Running = _tracks.Length;
    }

    /// <summary>How many kdamonds have not ended.</summary>
    public int Running { get; private set; }

    /// <summary>The first difference, or null.</summary>
    public Difference? Difference { get; private set; }

    /// <inheritdoc/>
    public Done Respond(in KdamondMoment moment)
    {
        Track track = _tracks[moment.Kdamond];
        switch (moment.Kind)
        {
            case MomentKind.Aggregated:
                track.Aggregated(moment.Context);
                Hold(moment, "pre", track.NrAggregations - 1);
                break;
            case MomentKind.IterationEnded:
                HoldRecord(moment, track);
                break;
            case MomentKind.Stopped:
                Hold(moment, "final", track.NrAggregations);
                Running--;
                break;
            default:
                Running--;
                break;
        }

        return default;
    }

    /// <summary>Holds what is left at the end against the recording.</summary>
    public void HoldFinal(JsonElement result)
    {
        Expect("number of records", result.GetProperty("records").GetArrayLength(), _nrRecords);
        Expect("final_t_us", result.U64("final_t_us"), _host.NowUs);
        for (int i = 0; i < _tracks.Length; i++) HoldFinal(result, i);
        if (Difference is null) _dumps.ExpectAllSeen(Differ);
        if (_settings.Nodes.IsEmpty) return;
        HoldMemory("final_mem", result.GetProperty("final_mem")[0], result.GetProperty("final_mem")[1]);
        HoldLru(result.GetProperty("final_lru"));
        Expect("final_place_hash", result.GetProperty("final_place_hash").GetString()!, Hex(_host.PlacementHash()));
    }

    private void HoldFinal(JsonElement result, int kdamond)
    {
        Track track = _tracks[kdamond];
        Expect($"nr_aggregations[{kdamond}]", result.GetProperty("nr_aggregations")[kdamond].GetUInt64(), (ulong)track.NrAggregations);
        Expect($"hash_pre[{kdamond}]", result.GetProperty("hash_pre")[kdamond].GetString()!, Hex(track.Pre.Value));
        Expect($"hash_post[{kdamond}]", result.GetProperty("hash_post")[kdamond].GetString()!, Hex(track.Post.Value));
        HoldNumbers($"final_attrs[{kdamond}]", result.GetProperty("final_attrs")[kdamond], track.FinalAttributes());
        if (result.TryGetProperty("probe_hits_total", out JsonElement hits))
            HoldNumbers($"probe_hits_total[{kdamond}]", hits[kdamond], track.ProbeHitsTotal);
        if (result.TryGetProperty("final_schemes", out JsonElement schemes))
            HoldSchemes($"final_schemes[{kdamond}]", schemes[kdamond], track.Schemes);
    }

    private void HoldRecord(in KdamondMoment moment, Track track)
    {
        track.IterationEnded(moment);
        int index = _nrRecords++;
        if (moment.Aggregated) Hold(moment, "post", track.NrAggregations - 1);
        if (Difference is not null) return;
        if (index >= _records.Length)
        {
            Differ("number of records", _records.Length.ToString(CultureInfo.InvariantCulture), "more");
            return;
        }

        JsonElement record = _records[index];
        string at = $"record {index} at {_host.NowUs} us";
        MonitoringContext context = moment.Context;
        Expect($"{at}, ctx", record[0].GetInt64(), moment.Kdamond);
        Expect($"{at}, t_us", record[1].GetUInt64(), _host.NowUs);
        Expect($"{at}, kind", record[2].GetInt64(), (moment.Aggregated ? 1 : 0) | (moment.Applied ? 2 : 0));
        Expect($"{at}, passed_sample_intervals", record[3].GetUInt64(), context.Schedule.Sis);
        Expect($"{at}, sample_us", record[4].GetUInt64(), context.Attributes.SampleUs);
        Expect($"{at}, aggr_us", record[5].GetUInt64(), context.Attributes.AggregationUs);
        Expect($"{at}, nr_regions_pre", record[6].GetInt64(), moment.Aggregated ? track.NrRegionsPre : -1);
        Expect($"{at}, h_pre", record[7].GetString()!, Hex(track.Pre.Value));
        Expect($"{at}, nr_regions_post", record[8].GetInt64(), context.NrRegions);
        Expect($"{at}, h_post", record[9].GetString()!, Hex(track.Post.Value));
        Expect($"{at}, rnd_s1", record[10].GetUInt64(), context.Random.State.S1);
        if (record.GetArrayLength() <= 11) return;
        HoldSchemes($"{at}, schemes", record[11], moment.Schemes);
        HoldMemory(at, record[12], record[13]);
        if (record[14].ValueKind == JsonValueKind.String)
            Expect($"{at}, place_hash", record[14].GetString()!, Hex(_host.PlacementHash()));
    }

    /// <summary>Holds a full dump against the recorded one, if this moment was dumped.</summary>
    private void Hold(in KdamondMoment moment, string when, int aggregation)
    {
        if (Difference is not null || _dumps.Find(moment.Kdamond, when, aggregation) is not { } dump) return;
        string at = $"{when} dump of context {moment.Kdamond} at {_host.NowUs} us (aggregation {aggregation})";
        (uint s1, uint s2, uint s3, uint s4) = moment.Context.Random.State;
        HoldNumbers($"{at}, rnd", dump.GetProperty("rnd"), [s1, s2, s3, s4]);
        Comparison comparison = new(dump);
        comparison.Expect("regions", moment.Context.Targets);
        if (comparison.Difference is { } difference) Differ($"{at}, {difference.Field}", difference.Expected, difference.Found);
    }

    private void HoldSchemes(string at, JsonElement expected, IReadOnlyList<ActorRef> schemes)
    {
        Expect($"{at}, number", expected.GetArrayLength(), schemes.Count);
        for (int i = 0; i < schemes.Count && Difference is null; i++)
            HoldScheme($"{at}[{i}]", expected[i], schemes[i].Ask<ReadScheme, SchemeReading>(default));
    }

    private void HoldScheme(string at, JsonElement expected, SchemeReading found)
    {
        SchemeSample sample = found.Sample;
        Expect($"{at}.esz", expected[0].GetUInt64(), sample.EffectiveSizeBytes);
        Expect($"{at}.charged_sz", expected[1].GetUInt64(), sample.ChargedBytes);
        Expect($"{at}.min_score", expected[2].GetUInt64(), found.MinScore);
        Expect($"{at}.nr_tried", expected[3].GetUInt64(), sample.Stats.NrTried);
        Expect($"{at}.sz_tried", expected[4].GetUInt64(), sample.Stats.SzTried);
        Expect($"{at}.nr_applied", expected[5].GetUInt64(), sample.Stats.NrApplied);
        Expect($"{at}.sz_applied", expected[6].GetUInt64(), sample.Stats.SzApplied);
        Expect($"{at}.sz_ops_filter_passed", expected[7].GetUInt64(), sample.Stats.SzOpsFilterPassed);
        Expect($"{at}.qt_exceeds", expected[8].GetUInt64(), sample.Stats.QtExceeds);
        Expect($"{at}.nr_snapshots", expected[9].GetUInt64(), sample.Stats.NrSnapshots);
        Expect($"{at}.watermark_activated", expected[10].GetUInt64(), sample.Activated ? 1UL : 0);
        if (!_isTimed) return;
        Expect($"{at}.total_charged_sz", expected[11].GetUInt64(), found.TotalChargedSize);
        Expect($"{at}.total_charged_ns", expected[12].GetUInt64(), found.TotalChargedNs);
    }

    private void HoldMemory(string at, JsonElement nodeUsed, JsonElement memcgPages)
    {
        for (int node = 0; node < _settings.Nodes.Length && Difference is null; node++)
        {
            ActorRef actor = _host.Map.Nodes[node].Node;
            NodeUsage usage = actor.Ask<ReadNodeUsage, NodeUsage>(default);
            Expect($"{at}, node_used[{node}]", nodeUsed[node].GetUInt64(), usage.Total - usage.Free);
            for (int i = 0; i < _settings.Memcgs.Length; i++)
            {
                ulong pages = actor.Ask<ReadMemcgUsage, MemcgUsage>(new ReadMemcgUsage(_settings.Memcgs[i].Id)).Resident;
                Expect($"{at}, memcg_pages[{i}][{node}]", memcgPages[i][node].GetUInt64(), pages);
            }
        }
    }

    private void HoldLru(JsonElement lru)
    {
        for (int node = 0; node < _settings.Nodes.Length; node++)
            HoldNumbers($"final_lru[{node}]", lru[node], _host.Map.Nodes[node].Node.Ask<ReadLruLists, ulong[]>(default));
    }

    private void HoldNumbers(string field, JsonElement expected, ReadOnlySpan<ulong> found)
    {
        for (int i = 0; i < found.Length; i++) Expect($"{field}[{i}]", expected[i].GetUInt64(), found[i]);
    }

    private void Expect(string field, ulong expected, ulong found)
    {
        if (expected != found)
            Differ(field, expected.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture));
    }

    private void Expect(string field, long expected, long found)
    {
        if (expected != found)
            Differ(field, expected.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture));
    }

    private void Expect(string field, string expected, string found)
    {
        if (expected != found) Differ(field, expected, found);
    }

    private void Differ(string field, string expected, string found) => Difference ??= new Difference(field, expected, found);

    private static string Hex(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
