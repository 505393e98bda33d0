using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Damo.Staging;
using Damon.Model.Workloads;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Tests.Explaining;

/// <summary>Memory of a tenant on the small machine.</summary>
/// <param name="Cgroup">The cgroup's path.</param>
/// <param name="Node">Where it is at first.</param>
/// <param name="MiB">How much.</param>
/// <param name="PeriodUs">From one touch of all of it to the next, us; 0: never.</param>
/// <param name="Huge">Whether its folios are of 2 MiB.</param>
internal sealed record Tenant(string Cgroup, int Node, uint MiB, long PeriodUs = 0, bool Huge = false);

/// <summary>Runs a damo line on two nodes of 64 MiB.</summary>
internal sealed class SmallHost
{
    private const uint PagesPerMiB = 256;
    private const uint NodePages = 64 * PagesPerMiB;

    private readonly ImmutableArray<string> _cgroups;
    private readonly HostSample _sample;

    /// <summary>Runs a line for some seconds.</summary>
    /// <param name="line">The line's options.</param>
    /// <param name="seconds">Virtual seconds.</param>
    /// <param name="tenants">The memory.</param>
    internal SmallHost(string line, ulong seconds, params Tenant[] tenants)
    {
        _cgroups = [.. tenants.Select(tenant => tenant.Cgroup).Distinct()];

        // A path without its slash is known by name here, but there is no such cgroup, as in a kernel that lost it.
        HostNames names = new(2, [.. _cgroups, .. _cgroups.Select(path => path[1..])], []);
        KdamondStaging staging = new(names, 4096, BeyondDamo.Nothing);
        var staged = Stager.Stage(Explained.Parse("damo start " + line, Explained.SmallMachine).Document);
        SimulatedHost host = new(new HostSettings
        {
            Name = "small",
            Nodes = [new NodeSettings(NodePages, NodePages), new NodeSettings(2 * NodePages, NodePages)],
            Memcgs = [.. _cgroups.Select((path, i) => new MemcgSettings(HostNames.IdOf(i), path))],
            Processes = [.. tenants.Select((tenant, i) => Process(tenant, tenants.Take(i)))],
            Kdamonds = [.. staged.Kdamonds.Select(staging.Stage)],
        });
        host.RunUntil(seconds * 1_000_000);
        _sample = host.Sample();
    }

    /// <summary>Bytes that a scheme was applied to.</summary>
    internal ulong Applied(int scheme, int kdamond = 0) => Scheme(scheme, kdamond).Stats.SzApplied;

    internal SchemeSample Scheme(int scheme, int kdamond = 0) => _sample.Kdamonds[kdamond].Schemes[scheme];

    internal ulong Reclaimed(int node) => _sample.Nodes[node].ReclaimedBytes;

    /// <summary>MiB of a tenant on a node.</summary>
    internal double MiBOf(string cgroup, int node) =>
        _sample.Memcgs[_cgroups.IndexOf(cgroup)].LruBytesByNode[node] / (double)(1 << 20);

    private ProcessSettings Process(Tenant tenant, IEnumerable<Tenant> earlier)
    {
        uint before = (uint)earlier.Where(other => other.Node == tenant.Node).Sum(other => other.MiB) * PagesPerMiB;
        uint step = tenant.Huge ? 2 * PagesPerMiB : 1;
        uint pages = tenant.MiB * PagesPerMiB / step;
        return new ProcessSettings
        {
            Name = $"{tenant.Cgroup}-{tenant.Node}-{before}",
            Memcg = HostNames.IdOf(_cgroups.IndexOf(tenant.Cgroup)),
            NrPages = pages,
            Placements =
            [
                new PagePlacement
                {
                    FirstPage = 0,
                    Count = pages,
                    FirstPfn = ((ulong)tenant.Node + 1) * NodePages + before,
                    PfnStep = step,
                    Kind = new FolioKind(Anon: true, Active: false, Unevictable: false, Mapped: true, tenant.Huge),
                    Idle = true,
                },
            ],
            Rules = tenant.PeriodUs == 0 ? [] : [new TouchRule(new PageSet(0, pages), TimeWindow.Always, tenant.PeriodUs)],
        };
    }
}
