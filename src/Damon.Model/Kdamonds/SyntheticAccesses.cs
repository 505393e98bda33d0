using System.Collections.Immutable;

namespace Damon.Model.Kdamonds;

/// <summary>The accesses of a synthetic address space: a formula of address and time, for tests and recorded vectors.</summary>
/// <param name="Rules">An address is accessed when any of them says so.</param>
/// <param name="Probes">By probe: it hits when any of its rules says so.</param>
public sealed record SyntheticAccesses(
    ImmutableArray<SyntheticRule> Rules, ImmutableArray<ImmutableArray<SyntheticRule>> Probes)
{
    /// <summary>Nothing is ever accessed.</summary>
    public static SyntheticAccesses None { get; } = new([], []);
}

/// <summary>When addresses of a range count as accessed.</summary>
public sealed record SyntheticRule
{
    /// <summary>First address.</summary>
    public required ulong Start { get; init; }

    /// <summary>First address after the range.</summary>
    public required ulong End { get; init; }

    /// <summary>From when on, us.</summary>
    public required ulong FromUs { get; init; }

    /// <summary>Until when, us, exclusive.</summary>
    public required ulong UntilUs { get; init; }

    /// <summary>Length of a cycle, us; 0: always on.</summary>
    public ulong PeriodUs { get; init; }

    /// <summary>How long the rule is on in each cycle, us.</summary>
    public ulong DutyUs { get; init; }

    /// <summary>Shifts the cycles, us.</summary>
    public ulong PhaseUs { get; init; }

    /// <summary>Probability of an access at a look, bp.</summary>
    public ulong ProbabilityBp { get; init; } = 10_000;

    /// <summary>Makes rules of equal probability differ.</summary>
    public ulong Salt { get; init; }

    /// <summary>Whether an address is accessed at a time.</summary>
    public bool Accesses(ulong address, ulong nowUs)
    {
        if (address < Start || End <= address || nowUs < FromUs || UntilUs <= nowUs) return false;
        if (PeriodUs != 0 && (nowUs + PhaseUs) % PeriodUs >= DutyUs) return false;
        return ProbabilityBp >= 10_000 || Mix(Mix((address >> 12) + Salt) ^ nowUs) % 10_000 < ProbabilityBp;
    }

    /// <summary>One step of splitmix64.</summary>
    private static ulong Mix(ulong z)
    {
        z += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
