using System.Collections.Immutable;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Fleets;

/// <summary>Something that somebody outside wants of a host of a running fleet; read by <see cref="CommandReader"/>.</summary>
/// <param name="Member">Index of the host in its fleet.</param>
/// <param name="Payload">What is wanted, as it was written: this and the window are what a log keeps.</param>
public sealed record MemberCommand(int Member, string Payload)
{
    /// <summary>The window at whose begin it takes effect; set by who accepts it.</summary>
    public long Window { get; init; }

    /// <summary>What happens to the host then; the times are filled in when they do.</summary>
    internal ImmutableArray<HostEvent> Events { get; init; } = [];

    /// <summary>For how long the host is to be emptied of tenants, us; null: it is not.</summary>
    internal ulong? DrainUs { get; init; }
}
