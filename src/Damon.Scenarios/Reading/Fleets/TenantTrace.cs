using System.Globalization;
using Damon.Hocon.Reading;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>A line of a trace of tenants.</summary>
/// <param name="AtUs">When the tenant comes, us.</param>
/// <param name="Kind">Index of its kind.</param>
/// <param name="LifetimeUs">For how long it lives, us; null: as its kind says.</param>
internal readonly record struct TracedArrival(ulong AtUs, int Kind, ulong? LifetimeUs);

/// <summary>Reads a trace of tenants: a line <c>at_s,kind,lifetime_s</c>, and below it one for each tenant, in any order of time.</summary>
internal static class TenantTrace
{
    private const string Header = "at_s,kind,lifetime_s";
    private const decimal LongestSeconds = 365 * 86_400;

    /// <summary>Reads a trace.</summary>
    /// <param name="file">Its name in the scenario, where an error is told.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="kinds">The kinds of tenants.</param>
    /// <returns>The lines up to the first one that cannot be read, which is reported.</returns>
    public static List<TracedArrival> Read(HoconCursor file, string text, TenantKinds kinds)
    {
        List<TracedArrival> arrivals = [];
        int number = 0;
        foreach (ReadOnlySpan<char> untrimmed in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = untrimmed.Trim();
            if (++number == 1)
            {
                if (line.SequenceEqual(Header)) continue;
                file.Refuse($"a file whose first line is {Header}");
                break;
            }

            if (line.IsEmpty) continue;
            if (Problem(line, kinds, out TracedArrival arrival) is { } problem)
            {
                file.Refuse(string.Create(CultureInfo.InvariantCulture, $"a file of lines {Header}; line {number}: {problem}"));
                break;
            }

            arrivals.Add(arrival);
        }

        return arrivals;
    }

    /// <summary>What is wrong with a line, found and allowed; null: nothing.</summary>
    private static string? Problem(ReadOnlySpan<char> line, TenantKinds kinds, out TracedArrival arrival)
    {
        arrival = default;
        Span<Range> parts = stackalloc Range[4];
        if (line.Split(parts, ',', StringSplitOptions.TrimEntries) != 3) return $"found \"{line}\", allowed: three fields, the last one may be empty";
        if (!TryReadUs(line[parts[0]], 0, out ulong at)) return $"found \"{line[parts[0]]}\", allowed: seconds from the run's start, such as 12.5";
        string name = line[parts[1]].ToString();
        int kind = kinds.IndexOf(name);
        if (kind < 0) return $"found the kind \"{name}\", allowed: {kinds.Names}";
        bool hasLifetime = !line[parts[2]].IsEmpty;
        ulong lifetime = 0;
        if (hasLifetime && !TryReadUs(line[parts[2]], 1, out lifetime)) return $"found \"{line[parts[2]]}\", allowed: seconds, more than 0";
        arrival = new TracedArrival(at, kind, hasLifetime ? lifetime : null);
        return null;
    }

    private static bool TryReadUs(ReadOnlySpan<char> text, ulong least, out ulong us)
    {
        us = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds) || seconds > LongestSeconds) return false;
        us = (ulong)decimal.Round(seconds * 1_000_000);
        return us >= least;
    }
}
