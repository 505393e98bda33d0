using System.Globalization;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
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
    private readonly Differences _differences = new();
    private readonly FinalState _state;
    private int _nrRecords;

    public GoldenRecorder(SimulatedHost host, HostSettings settings, JsonElement golden)
    {
        _host = host;
        _settings = settings;
        JsonElement result = golden.GetProperty("result");
        JsonElement dump = golden.GetProperty("case").GetProperty("dump");
        _records = [.. result.GetProperty("records").EnumerateArray()];
        _dumps = new FullDumps(result.GetProperty("full"));
        bool withProbes = dump.TryGetProperty("probes", out JsonElement probes) && probes.GetBoolean();
        _tracks = [.. settings.Kdamonds.Select(_ => new Track(withProbes))];
        _state = new FinalState(host, settings) { Differences = _differences };
        Running = _tracks.Length;
    }

    /// <summary>How many kdamonds have not ended.</summary>
    public int Running { get; private set; }

    /// <summary>The first difference, or null.</summary>
    public Difference? Difference => _differences.First;

    /// <inheritdoc/>
    public Done Respond(in KdamondMoment moment)
    {
        Track track = _tracks[moment.Kdamond];
        switch (moment.Kind)
        {
            case MomentKind.Aggregated:
                track.Aggregated(moment.Context);
                HoldDump(moment, "pre", track.NrAggregations - 1);
                break;
            case MomentKind.IterationEnded:
                HoldRecord(moment, track);
                break;
            case MomentKind.Stopped:
                HoldDump(moment, "final", track.NrAggregations);
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
        _differences.Expect("number of records", result.GetProperty("records").GetArrayLength(), _nrRecords);
        _differences.Expect("final_t_us", result.U64("final_t_us"), _host.NowUs);
        for (int i = 0; i < _tracks.Length; i++) HoldFinal(result, i);
        if (Difference is null) _dumps.ExpectAllSeen(_differences);
        if (_settings.Nodes.IsEmpty) return;
        _state.HoldMemory(result.GetProperty("final_mem"));
        _state.HoldLru(result.GetProperty("final_lru"));
        _state.HoldPlacement(result.GetProperty("final_place_hash"));
    }

    private void HoldFinal(JsonElement result, int kdamond)
    {
        Track track = _tracks[kdamond];
        ulong nrAggregations = result.GetProperty("nr_aggregations")[kdamond].GetUInt64();
        _differences.Expect($"nr_aggregations[{kdamond}]", nrAggregations, (ulong)track.NrAggregations);
        _differences.Expect($"hash_pre[{kdamond}]", result.GetProperty("hash_pre")[kdamond], track.Pre.Value);
        _differences.Expect($"hash_post[{kdamond}]", result.GetProperty("hash_post")[kdamond], track.Post.Value);
        _differences.Expect($"final_attrs[{kdamond}]", result.GetProperty("final_attrs")[kdamond], track.FinalAttributes());
        if (result.TryGetProperty("probe_hits_total", out JsonElement hits))
            _differences.Expect($"probe_hits_total[{kdamond}]", hits[kdamond], track.ProbeHitsTotal);
        if (result.TryGetProperty("final_schemes", out JsonElement schemes))
            _state.HoldSchemes($"final_schemes[{kdamond}]", schemes[kdamond], track.Schemes);
    }

    private void HoldRecord(in KdamondMoment moment, Track track)
    {
        track.IterationEnded(moment);
        int index = _nrRecords++;
        if (moment.Aggregated) HoldDump(moment, "post", track.NrAggregations - 1);
        if (Difference is not null) return;
        if (index >= _records.Length)
        {
            _differences.Differ("number of records", _records.Length.ToString(CultureInfo.InvariantCulture), "more");
            return;
        }

        HoldRecord(_records[index], string.Create(CultureInfo.InvariantCulture, $"record {index} at {_host.NowUs} us"), moment, track);
    }

    private void HoldRecord(JsonElement record, string at, in KdamondMoment moment, Track track)
    {
        MonitoringContext context = moment.Context;
        _differences.Expect($"{at}, ctx", record[0].GetInt64(), moment.Kdamond);
        _differences.Expect($"{at}, t_us", record[1].GetUInt64(), _host.NowUs);
        _differences.Expect($"{at}, kind", record[2].GetInt64(), (moment.Aggregated ? 1 : 0) | (moment.Applied ? 2 : 0));
        _differences.Expect($"{at}, passed_sample_intervals", record[3].GetUInt64(), context.Schedule.Sis);
        _differences.Expect($"{at}, sample_us", record[4].GetUInt64(), context.Attributes.SampleUs);
        _differences.Expect($"{at}, aggr_us", record[5].GetUInt64(), context.Attributes.AggregationUs);
        _differences.Expect($"{at}, nr_regions_pre", record[6].GetInt64(), moment.Aggregated ? track.NrRegionsPre : -1);
        _differences.Expect($"{at}, h_pre", record[7], track.Pre.Value);
        _differences.Expect($"{at}, nr_regions_post", record[8].GetInt64(), context.NrRegions);
        _differences.Expect($"{at}, h_post", record[9], track.Post.Value);
        _differences.Expect($"{at}, rnd_s1", record[10].GetUInt64(), context.Random.State.S1);
        if (record.GetArrayLength() <= 11) return;
        _state.HoldSchemes($"{at}, schemes", record[11], moment.Schemes);
        _state.HoldMemory(at, record[12], record[13]);
        if (record[14].ValueKind == JsonValueKind.String) _state.HoldPlacement(record[14], $"{at}, place_hash");
    }

    /// <summary>Holds a full dump against the recorded one, if this moment was dumped.</summary>
    private void HoldDump(in KdamondMoment moment, string when, int aggregation)
    {
        if (Difference is not null || _dumps.Find(moment.Kdamond, when, aggregation) is not { } dump) return;
        string at = string.Create(
            CultureInfo.InvariantCulture, $"{when} dump of context {moment.Kdamond} at {_host.NowUs} us (aggregation {aggregation})");
        (uint s1, uint s2, uint s3, uint s4) = moment.Context.Random.State;
        _differences.Expect($"{at}, rnd", dump.GetProperty("rnd"), [s1, s2, s3, s4]);
        Comparison comparison = new(dump);
        comparison.Expect("regions", moment.Context.Targets);
        if (comparison.Difference is { } found) _differences.Differ($"{at}, {found.Field}", found.Expected, found.Found);
    }
}
