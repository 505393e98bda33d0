using System.Collections.Immutable;
using Damon.Actors.Runtime;
using Damon.Model.Memory;
using Damon.Model.Workloads;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>A tenant's program on a machine, with what all its slots share. Its name is that of the tenant's kind.</summary>
/// <param name="program">What the scenario says.</param>
/// <param name="pageShift">log2 of the size of the machine's frames.</param>
/// <param name="seed">The run's seed: the program does the same on every host, so that a tenant that moves goes on.</param>
internal sealed class TenantProgram(Program program, int pageShift, ulong seed)
{
    private readonly Lazy<WorkloadPlan> _plan = new(
        () => program.PlanOf(pageShift, Seeds.Derive(seed, TenantsPlan.Name, program.Name, "workload")));

    private ImmutableArray<AccessRule> _rules;

    /// <summary>What the scenario says.</summary>
    public Program Program => program;

    /// <summary>What it does.</summary>
    public WorkloadPlan Plan => _plan.Value;

    /// <summary>How it uses its pages.</summary>
    public ImmutableArray<AccessRule> Rules => _rules.IsDefault ? _rules = program.RulesOf(Plan) : _rules;
}

/// <summary>Reads the programs of the kinds of tenants: once for hosts whose machines are alike.</summary>
/// <param name="each">The keys of a workload.</param>
/// <param name="run">The run.</param>
/// <param name="files">The files that workloads name.</param>
/// <param name="kinds">The kinds.</param>
internal sealed class TenantPrograms(EachSections each, RunSettings run, ScenarioFiles files, TenantKinds kinds)
{
    private static readonly string[] s_notOfTenants = ["name", "pid", "start", "stop"];

    private Machine? _machine;
    private ImmutableArray<TenantProgram> _programs;

    /// <summary>What is read otherwise than its author may think.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>By kind: its program on a machine.</summary>
    public ImmutableArray<TenantProgram> On(Machine machine)
    {
        if (_machine?.IsLike(machine) == true) return _programs;
        CgroupsReader reader = new(each, machine, run.DurationUs, files);
        _programs = [.. kinds.All.Select(kind => Read(reader, kind.Name, kind.Section)).OfType<Program>().Select(program => new TenantProgram(program, machine.PageShift, run.Seed))];
        _machine = machine;
        Notices.AddRange(reader.Notices);
        return _programs;
    }

    private Program? Read(CgroupsReader reader, string name, LayeredSection kind)
    {
        if (kind.One("workload", each, "workload") is not { } workload)
        {
            kind.Refuse("workload", "the program of a tenant of this kind");
            return null;
        }

        foreach (string key in s_notOfTenants)
        {
            if (workload.IsGiven(key)) workload.Refuse(key, $"no {key} of a tenant's program, as it comes and goes with the tenant");
        }

        return reader.Read(workload, name, 0) with { Name = name };
    }
}
