using System.Collections.Immutable;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Fleets;

/// <summary>What became of a fleet.</summary>
/// <param name="Hosts">By host.</param>
/// <param name="Digest">See <see cref="FleetDigest"/>.</param>
public sealed record FleetOutcome(ImmutableArray<HostOutcome> Hosts, string Digest)
{
    /// <summary>By member that belongs to all hosts: what it reported.</summary>
    public ImmutableArray<FleetCourse> Courses { get; init; } = [];
}

/// <summary>What a member that belongs to all hosts reported over a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">What the numbers of its readings are.</param>
/// <param name="Readings">Its readings, in order of time.</param>
public sealed record FleetCourse(string Name, ImmutableArray<string> Columns, ImmutableArray<FleetReading> Readings);
