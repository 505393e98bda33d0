using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>Reads <c>fleet</c>: what belongs to all hosts together.</summary>
/// <param name="each">The keys of things that come in numbers.</param>
/// <param name="run">The run.</param>
/// <param name="hosts">The hosts.</param>
/// <param name="files">The files that a scenario names.</param>
/// <param name="kinds">The kinds of tenants that come and go.</param>
internal sealed class FleetReader(EachSections each, RunSettings run, NamedHosts hosts, ScenarioFiles files, TenantKinds kinds)
{
    public FleetPlan Read(LayeredSection section) => new()
    {
        Goals = new FleetGoalsReader(each, run, hosts).Read(section),
        Pool = new PoolReader(each, run, hosts).Read(section),
        Tenants = new TenantsReader(each, run, hosts, files).Read(section, kinds),
    };
}
