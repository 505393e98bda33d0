using System.Collections.Immutable;
using System.Globalization;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Results;

/// <summary>What a run comes to: all that is printed about it, in whatever format.</summary>
/// <param name="Scenario">What was run.</param>
/// <param name="Hosts">By host.</param>
public sealed record RunReport(Scenario Scenario, ImmutableArray<HostReport> Hosts)
{
    /// <summary>The report about outcomes.</summary>
    public static RunReport Of(Scenario scenario, ImmutableArray<HostOutcome> outcomes) =>
        new(scenario, [.. outcomes.Select(outcome => new HostReport(outcome, UsageSeries.Results(outcome, scenario.Run), SchemeProgress.Of(outcome))
        {
            Accuracy = ProbeAccuracy.Of(outcome),
            HugePages = HugePageResult.Of(outcome.Plan, outcome.Samples, scenario.Run.Window),
        })]);

    /// <summary>The digest of the run, 16 hex digits; see <see cref="FleetDigest"/>. Null: it is not at its end.</summary>
    public string? Digest { get; init; }

    /// <summary>By member that belongs to all hosts: what it reported.</summary>
    public ImmutableArray<FleetCourse> Courses { get; init; } = [];

    /// <summary>The report about a fleet's run.</summary>
    public static RunReport Of(Scenario scenario, FleetOutcome outcome) => Of(scenario, outcome.Hosts) with
    {
        Courses = outcome.Courses,
        Digest = outcome.Hosts.Any(host => host.IsInterrupted) ? null : outcome.Digest,
    };

    /// <summary>Whether any host was stopped before its time.</summary>
    public bool IsInterrupted => Hosts.Any(host => host.Outcome.IsInterrupted);

    /// <summary>Whether any host failed, or refused an online change.</summary>
    public bool HasFailed => Hosts.Any(host => host.Outcome.Failure is not null || !host.Outcome.Refusals.IsEmpty);

    /// <summary>How far the run came: the least of its hosts, us.</summary>
    public ulong EndUs => Hosts.Min(host => host.Outcome.EndUs);

    /// <summary>The whole run in one line.</summary>
    public string Verdict
    {
        get
        {
            int failed = Hosts.Count(host => host.Outcome.Failure is not null);
            if (failed > 0) return Invariant($"failed: {failed} of {Hosts.Length} hosts");
            if (IsInterrupted) return Invariant($"interrupted at {EndUs / 1e6:0.###} s of {Scenario.Run.DurationUs / 1e6:0.###} s");
            AimResult[] aims = [.. Hosts.SelectMany(host => host.Aims).Where(aim => aim.TargetBytes is not null)];
            if (aims.Length == 0) return "done: nothing in this scenario has a target";
            int missed = aims.Count(aim => aim.Missed);
            if (Hosts.Length == 1) return (missed == 0 ? "converged: " : "not converged: ") + string.Join(", ", aims.Select(Describe));
            return Invariant($"{(missed == 0 ? "converged" : "not converged")}: {aims.Length - missed} of {aims.Length} targets on {Hosts.Length} hosts");
        }
    }

    private static string Describe(AimResult aim) => Invariant(
        $"{aim.Aim.Name} at {Quantity.Size(aim.MeanBytes)} of {Quantity.Size(aim.TargetBytes!.Value)}{(aim.Missed ? " (never settled)" : "")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The report about one host.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Aims">How what was followed did.</param>
/// <param name="Progress">How the schemes with goals worked.</param>
public sealed record HostReport(HostOutcome Outcome, ImmutableArray<AimResult> Aims, ImmutableArray<SchemeProgress> Progress)
{
    /// <summary>How well probes told pages, where full counts say how many there were.</summary>
    public ImmutableArray<ProbeAccuracy> Accuracy { get; init; } = [];

    /// <summary>What transparent huge pages were worth, by process.</summary>
    public ImmutableArray<HugePageResult> HugePages { get; init; } = [];
}
