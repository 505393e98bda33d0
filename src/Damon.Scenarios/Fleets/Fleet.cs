using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Fleets.Agents;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets;

/// <summary>
/// A run as its engine sees it: members (the hosts in the order of the scenario, and behind them what belongs to all hosts),
/// windows of virtual time, and shards to deal the members out by. Immutable.
/// </summary>
public sealed class Fleet
{
    private readonly Dictionary<string, int> _indices = [];

    /// <summary>The fleet of a scenario.</summary>
    public Fleet(Scenario scenario)
    {
        Scenario = scenario;
        Names = [.. scenario.Hosts.Select(host => host.Settings.Name), .. scenario.Fleet.Names];
        for (int i = 0; i < Names.Length; i++) _indices.Add(Names[i], i);
        WindowCount = (long)((scenario.Run.DurationUs + WindowUs - 1) / WindowUs);
    }

    /// <summary>What is run.</summary>
    public Scenario Scenario { get; }

    /// <summary>By member: its name.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>How many members there are.</summary>
    public int Count => Names.Length;

    /// <summary>How many of them are hosts: the first ones.</summary>
    public int HostCount => Scenario.Hosts.Length;

    /// <summary>The length of a window, us; the last one may be shorter.</summary>
    public ulong WindowUs => Scenario.Run.WindowLengthUs;

    /// <summary>How many windows the run has, from 0.</summary>
    public long WindowCount { get; }

    /// <summary>Whether members send mail: then no member may run a window before all have run the one before it.</summary>
    public bool IsCoupled => Count > HostCount;

    /// <summary>Called with each host that was built, before it runs, on the thread that runs it; null: nobody wants to know.</summary>
    public Action<SimulatedHost>? Built { get; set; }

    /// <summary>When a window begins, us. What happens at that instant by the host's own doing belongs to the window before.</summary>
    public ulong BeginUs(long window) => (ulong)window * WindowUs;

    /// <summary>When a window ends, us.</summary>
    public ulong EndUs(long window) => Math.Min((ulong)(window + 1) * WindowUs, Scenario.Run.DurationUs);

    /// <summary>The index of a member; -1: there is none of that name.</summary>
    public int IndexOf(string name) => _indices.GetValueOrDefault(name, -1);

    /// <summary>A member that has run no window. It takes little memory until it runs the first one.</summary>
    public FleetMember Member(int index) => index < HostCount ? new HostMember(this, index) : Actor(index);

    /// <summary>A member that belongs to all hosts.</summary>
    /// <param name="index">Its index in the fleet.</param>
    public FleetActor Actor(int index)
    {
        FleetPlan plan = Scenario.Fleet;
        int place = index - HostCount;
        if (place < plan.Goals.Length) return new GoalAggregator(this, index, plan.Goals[place]);
        return place == plan.Goals.Length && plan.Pool is { } pool
            ? new MemoryPool(this, index, pool)
            : new TenantPlacement(this, index, plan.Tenants!);
    }

    /// <summary>Deals the members out.</summary>
    public Sharding Shards(int most = Sharding.MostShards) => new(HostCount, Count - HostCount, most);

    /// <summary>What runs on a host for what belongs to all hosts.</summary>
    internal ImmutableArray<HostAgent> AgentsOf(int host)
    {
        FleetPlan plan = Scenario.Fleet;
        HostPlan of = Scenario.Hosts[host];
        var agents = ImmutableArray.CreateBuilder<HostAgent>();
        for (int i = 0; i < plan.Goals.Length; i++)
        {
            if (plan.Goals[i].Hosts.BinarySearch(host) >= 0) agents.Add(new GoalAgent(plan.Goals[i], HostCount + i, of.Settings));
        }

        // Who comes and goes does so first: the pool's agent sees what is left.
        TenantAgent? tenants = plan.Tenants is { } coming && of.Tenants is { } slots
            ? new TenantAgent(coming, IndexOf(TenantsPlan.Name), slots, of.Settings)
            : null;
        if (tenants is not null) agents.Add(tenants);
        if (plan.Pool is { } lent)
        {
            foreach (PooledNode node in of.Pooled) agents.Add(new PoolAgent(lent, IndexOf(PoolPlan.Name), node, of.Settings, tenants));
        }

        return agents.ToImmutable();
    }
}
