using System.Globalization;
using Damon.Damo;
using Damon.Damo.Records;

namespace Damon.Scenarios.Replaying;

/// <summary>Which of a file's records are meant: those with these indices; null: any.</summary>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Context">Index of the context in its kdamond.</param>
/// <param name="Scheme">Index of the scheme in its context.</param>
/// <param name="Target">Index of the monitoring target.</param>
public sealed record RecordChoice(long? Kdamond = null, long? Context = null, long? Scheme = null, long? Target = null)
{
    /// <summary>Whether nothing is chosen.</summary>
    public bool IsOpen => this == new RecordChoice();

    /// <summary>The record that covers most memory; one that is of a whole target is taken before one of a scheme's regions.</summary>
    /// <param name="records">The file's records.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="DamoException">There is none.</exception>
    public int Largest(IReadOnlyList<RecordSummary> records) =>
        Indices(records).OrderByDescending(i => records[i].Header.Key.SchemeIndex is null).ThenByDescending(i => records[i].CoveredBytes).First();

    /// <summary>
    /// The records of whole targets, which share no memory with each other as far as targets do not; where there are none, the one
    /// that covers most memory.
    /// </summary>
    /// <param name="records">The file's records.</param>
    /// <returns>Their indices, by address.</returns>
    /// <exception cref="DamoException">There is none.</exception>
    public IReadOnlyList<int> Targets(IReadOnlyList<RecordSummary> records)
    {
        int[] whole = [.. Indices(records).Where(i => records[i].Header.Key.SchemeIndex is null).OrderBy(i => records[i].Ranges[0].Start)];
        return whole.Length > 0 ? whole : [Largest(records)];
    }

    /// <summary>A record in words.</summary>
    public static string Describe(RecordKey key)
    {
        (string Name, long? Index)[] parts =
            [("kdamond", key.KdamondIndex), ("context", key.ContextIndex), ("scheme", key.SchemeIndex), ("target", key.TargetId)];
        return string.Join(' ', parts.Where(part => part.Index is not null)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Index}")));
    }

    private List<int> Indices(IReadOnlyList<RecordSummary> records)
    {
        List<int> found = [.. Enumerable.Range(0, records.Count).Where(i => IsMeant(records[i].Header.Key) && records[i].Ranges.Count > 0)];
        if (found.Count > 0) return found;
        string[] there = [.. records.Where(record => record.Ranges.Count > 0).Take(8).Select(record => Describe(record.Header.Key))];
        string wanted = IsOpen ? "" : $" of {Describe(new RecordKey(Target, Kdamond, Context, Scheme))}";
        throw new DamoException($"no record{wanted} with memory in it, allowed: {(there.Length > 0 ? string.Join(", ", there) : "a file with one")}");
    }

    private bool IsMeant(RecordKey key) => (Kdamond is null || Kdamond == key.KdamondIndex) && (Context is null || Context == key.ContextIndex)
        && (Scheme is null || Scheme == key.SchemeIndex) && (Target is null || Target == key.TargetId);
}
