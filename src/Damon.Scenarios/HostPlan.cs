using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Damo.Document;
using Damon.Model.Costs;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios;

/// <summary>One simulated host of a scenario, and what a report about it needs beside its settings.</summary>
/// <param name="Settings">What the host is made of.</param>
/// <param name="Tiers">By node: the kind of its memory.</param>
/// <param name="Aims">What the report follows, in the order of its rows.</param>
public sealed record HostPlan(HostSettings Settings, ImmutableArray<string> Tiers, ImmutableArray<Aim> Aims)
{
    /// <summary>The template that it is of.</summary>
    public string Template { get; init; } = Settings.Name;

    /// <summary>What damo made of the host's commands, as it is at the run's end; null: there are none.</summary>
    public DamoDocument? Document { get; init; }

    /// <summary>The processes whose moves the report follows: those with a pid.</summary>
    public ImmutableArray<FollowedProcess> Followed { get; init; } = [];

    /// <summary>When something happens to the host from outside, us, ascending: between two of them moves are added up.</summary>
    public ImmutableArray<ulong> Changes { get; init; } = [];

    /// <summary>The nodes whose memory is of the fleet's pool.</summary>
    public ImmutableArray<PooledNode> Pooled { get; init; } = [];

    /// <summary>What it has for tenants that come and go; null: nothing.</summary>
    public HostTenants? Tenants { get; init; }

    /// <summary>Reads damo commands for this host.</summary>
    internal DamoCommands? Commands { get; init; }

    /// <summary>How fast a node's memory is; without limit where memory costs nothing.</summary>
    public MemoryTier Memory(int node) => (Settings.Costs.Memory ?? MemoryCosts.None).TierOf(node);

    /// <summary>The size of a node, bytes.</summary>
    public ulong NodeBytes(int node) => Settings.Nodes[node].NrPages << Settings.PageShift;
}

/// <summary>Memory usage that a report follows: of a memory cgroup on a node, or of the whole node.</summary>
/// <param name="Name">The cgroup's path, or the node's name.</param>
/// <param name="Memcg">Index of the cgroup in the host's settings; null: the node as a whole.</param>
/// <param name="Node">The node.</param>
/// <param name="TargetBp">The share of the node it should have, bp; null: no target, it is only shown.</param>
/// <param name="IsOfTenant">Whether the share is of all that the cgroup has in memory, rather than of the node.</param>
public sealed record Aim(string Name, int? Memcg, int Node, ulong? TargetBp, bool IsOfTenant = false);
