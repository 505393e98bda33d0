using System.Globalization;

namespace Damon.Scenarios.Fleets;

/// <summary>A member as a fleet's digest sees it at its end.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StateHash">The hash of its state; null: it failed.</param>
/// <param name="ResultsHash">The hash of all that it reported.</param>
public readonly record struct MemberDigest(string Name, ulong? StateHash, ulong ResultsHash);

/// <summary>
/// The digest of a whole run: over the final states of its members and all that they reported, in the fleet's order. Two runs with
/// the same digest are the same to the bit, however they were spread over threads, processes and machines.
/// </summary>
public static class FleetDigest
{
    /// <summary>The digest, 16 hex digits.</summary>
    /// <param name="members">All members, in the fleet's order.</param>
    public static string Of(IEnumerable<MemberDigest> members)
    {
        RunningHash hash = default;
        foreach (MemberDigest member in members)
            hash = hash.Add(member.Name).Add(member.StateHash.HasValue ? 1UL : 0).Add(member.StateHash ?? 0).Add(member.ResultsHash);
        return hash.Value.ToString("x16", CultureInfo.InvariantCulture);
    }
}
