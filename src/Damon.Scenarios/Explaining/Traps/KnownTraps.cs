using System.Collections.Immutable;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>All traps that are looked for.</summary>
public static class KnownTraps
{
    /// <summary>The traps, in the order in which their findings are told.</summary>
    public static ImmutableArray<ITrap> All { get; } =
    [
        new MisspelledCgroup(),
        new MismatchedCgroup(),
        new FirstMatchFilters(),
        new BypassedFilters(),
        new PageoutOfYoungPages(),
        new StolenYoungPages(),
        new UnreachablePattern(),
        new MigrationInPlace(),
        new StarvedApplyInterval(),
        new GapBetweenGoals(),
        new WrongWayGoal(),
        new UnreachableGoal(),
        new TinyQuota(),
        new SlowStart(),
    ];

    /// <summary>The findings of all traps.</summary>
    /// <param name="configuration">The configuration.</param>
    public static ImmutableArray<Finding> Find(Configuration configuration) =>
        [.. All.SelectMany(trap => trap.Find(configuration))];
}
