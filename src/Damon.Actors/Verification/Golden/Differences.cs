using System.Globalization;
using System.Text.Json;
using Damon.Actors.Verification.Functions;

namespace Damon.Actors.Verification.Golden;

/// <summary>Holds what was found against what was recorded, and keeps the first difference.</summary>
internal sealed class Differences
{
    /// <summary>The first difference, or null.</summary>
    public Difference? First { get; private set; }

    public void Expect(string field, ulong expected, ulong found)
    {
        if (expected != found)
            Differ(field, expected.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture));
    }

    public void Expect(string field, long expected, long found)
    {
        if (expected != found)
            Differ(field, expected.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture));
    }

    public void Expect(string field, JsonElement expectedHash, ulong foundHash)
    {
        string found = foundHash.ToString("x16", CultureInfo.InvariantCulture);
        if (expectedHash.GetString() != found) Differ(field, expectedHash.GetString() ?? "null", found);
    }

    public void Expect(string field, JsonElement expected, ReadOnlySpan<ulong> found)
    {
        for (int i = 0; i < found.Length; i++) Expect($"{field}[{i}]", expected[i].GetUInt64(), found[i]);
    }

    public void Differ(string field, string expected, string found) => First ??= new Difference(field, expected, found);
}
