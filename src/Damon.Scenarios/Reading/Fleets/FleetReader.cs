using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>Reads <c>fleet</c>: what belongs to all hosts together.</summary>
/// <param name="each">The keys of things that come in numbers.</param>
/// <param name="run">The run.</param>
/// <param name="hosts">The hosts.</param>
internal sealed class FleetReader(EachSections each, RunSettings run, NamedHosts hosts)
{
    public FleetPlan Read(LayeredSection section) => new()
    {
        Goals = new FleetGoalsReader(each, run, hosts).Read(section),
        Pool = new PoolReader(each, run, hosts).Read(section),
    };
}
