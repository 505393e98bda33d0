using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>
/// Reads the fields of a vector as the types of the model. Numbers are unsigned and go up to 2^64-1. A
/// field that is missing or of another kind ends the vector as failed.
/// </summary>
public static class VectorFields
{
    /// <summary>A field with an unsigned 64-bit number.</summary>
    public static ulong U64(this JsonElement vector, string field) => vector.GetProperty(field).GetUInt64();

    /// <summary>A field with an unsigned 32-bit number.</summary>
    public static uint U32(this JsonElement vector, string field) => vector.GetProperty(field).GetUInt32();

    /// <summary>A field with an array of unsigned 64-bit numbers.</summary>
    public static ulong[] U64s(this JsonElement vector, string field) =>
        [.. vector.GetProperty(field).EnumerateArray().Select(number => number.GetUInt64())];

    /// <summary>A field with the weights of installed probes.</summary>
    public static ProbeWeights Weights(this JsonElement vector, string field = "weights") =>
        new([.. vector.GetProperty(field).EnumerateArray().Select(weight => weight.GetUInt32())]);

    /// <summary>A field with one target, given as the list of its regions.</summary>
    public static Target Target(this JsonElement vector, string field) => AsTarget(vector.GetProperty(field));

    /// <summary>A field with several targets, each a list of regions.</summary>
    public static Target[] Targets(this JsonElement vector, string field) =>
        [.. vector.GetProperty(field).EnumerateArray().Select(AsTarget)];

    /// <summary>The intervals that most vectors give, the rest as by default.</summary>
    public static MonitoringAttributes Intervals(
        this JsonElement vector, string sample = "sample_interval", string aggregation = "aggr_interval") =>
        new() { SampleUs = vector.U64(sample), AggregationUs = vector.U64(aggregation) };

    /// <summary>The window of a vector that gives intervals and how far the aggregation has come.</summary>
    public static AggregationWindow Window(this JsonElement vector) => new(
        vector.Intervals().MaxSamples, vector.U64("passed_sample_intervals"), vector.U64("next_aggregation_sis"));

    /// <summary>Four numbers as the hits of the four slots.</summary>
    public static ProbeHits Hits(JsonElement slots) =>
        ProbeHits.Of(slots[0].GetByte(), slots[1].GetByte(), slots[2].GetByte(), slots[3].GetByte());

    private static Target AsTarget(JsonElement regions)
    {
        var target = new Target();
        foreach (var region in regions.EnumerateArray()) target.Regions.Add(AsRegion(region));
        return target;
    }

    private static Region AsRegion(JsonElement fields)
    {
        var region = new Region(fields[0].GetUInt64(), fields[1].GetUInt64())
        {
            NrAccesses = fields[2].GetUInt32(),
            LastNrAccesses = fields[3].GetUInt32(),
            Age = fields[4].GetUInt32(),
        };
        if (fields.GetArrayLength() > 5)
        {
            region.ProbeHits = Hits(fields[5]);
            region.LastProbeHits = Hits(fields[6]);
        }

        return region;
    }
}
