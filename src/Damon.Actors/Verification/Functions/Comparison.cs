using System.Globalization;
using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>
/// Holds what the model gives against the fields of one vector, and keeps the first difference.
/// </summary>
/// <param name="vector">The vector, an object.</param>
public sealed class Comparison(JsonElement vector)
{
    private static readonly string[] RegionFields =
        ["start", "end", "nr_accesses", "last_nr_accesses", "age", "probe_hits", "last_probe_hits"];

    /// <summary>The first difference, or null.</summary>
    public Difference? Difference { get; private set; }

    /// <summary>The vector's field is this number.</summary>
    public void Expect(string field, ulong found) => Expect(field, vector.GetProperty(field).GetUInt64(), found);

    /// <summary>The vector's field is this signed number, such as a score or an error code.</summary>
    public void Expect(string field, long found) =>
        ExpectText(field, Text(vector.GetProperty(field).GetInt64()), Text(found));

    /// <summary>The vector's field is this number.</summary>
    public void Expect(string field, uint found) => Expect(field, (ulong)found);

    /// <summary>The vector's field is this number.</summary>
    public void Expect(string field, int found) => Expect(field, (long)found);

    /// <summary>The vector's field is this truth value.</summary>
    public void Expect(string field, bool found) =>
        Expect(field, vector.GetProperty(field).GetBoolean() ? 1UL : 0UL, found ? 1UL : 0UL);

    /// <summary>The vector's field is an array of just these numbers.</summary>
    public void Expect(string field, ReadOnlySpan<ulong> found) => Expect(field, vector.GetProperty(field), found);

    /// <summary>The vector's field is a list of just these regions.</summary>
    public void Expect(string field, RegionList found) => Expect(field, vector.GetProperty(field), found.Span);

    /// <summary>The vector's field is a list of just these targets' regions.</summary>
    public void Expect(string field, IReadOnlyList<Target> found) => Expect(field, vector.GetProperty(field), found);

    /// <summary>An element inside the vector is a list of just these targets' regions.</summary>
    public void Expect(string field, JsonElement expected, IReadOnlyList<Target> found)
    {
        Expect($"the number of {field}", (ulong)expected.GetArrayLength(), (ulong)found.Count);
        for (int i = 0; i < found.Count && Difference is null; i++)
            Expect($"{field}[{i}]", expected[i], found[i].Regions.Span);
    }

    /// <summary>A number is what was recorded.</summary>
    public void Expect(string field, ulong expected, ulong found) => ExpectText(field, Text(expected), Text(found));

    /// <summary>A signed number is what was recorded.</summary>
    public void Expect(string field, long expected, long found) => ExpectText(field, Text(expected), Text(found));

    /// <summary>An element inside the vector is a list of just these regions.</summary>
    public void Expect(string field, JsonElement expected, RegionList found) => Expect(field, expected, found.Span);

    private void Expect(string field, JsonElement expected, Span<Region> found)
    {
        Expect($"the number of {field}", (ulong)expected.GetArrayLength(), (ulong)found.Length);
        for (int i = 0; i < found.Length && Difference is null; i++) Expect($"{field}[{i}]", expected[i], found[i]);
    }

    private void Expect(string field, JsonElement expected, in Region found)
    {
        ReadOnlySpan<ulong> numbers = [found.Start, found.End, found.NrAccesses, found.LastNrAccesses, found.Age];
        for (int i = 0; i < numbers.Length; i++)
            Expect($"{field}.{RegionFields[i]}", expected[i].GetUInt64(), numbers[i]);
        if (expected.GetArrayLength() == numbers.Length) return;

        Expect($"{field}.{RegionFields[5]}", VectorFields.Hits(expected[5]).Packed, found.ProbeHits.Packed);
        Expect($"{field}.{RegionFields[6]}", VectorFields.Hits(expected[6]).Packed, found.LastProbeHits.Packed);
    }

    private void Expect(string field, JsonElement expected, ReadOnlySpan<ulong> found)
    {
        Expect($"the number of {field}", (ulong)expected.GetArrayLength(), (ulong)found.Length);
        for (int i = 0; i < found.Length && Difference is null; i++)
            Expect($"{field}[{i}]", expected[i].GetUInt64(), found[i]);
    }

    private void ExpectText(string field, string expected, string found)
    {
        if (Difference is null && expected != found) Difference = new Difference(field, expected, found);
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
