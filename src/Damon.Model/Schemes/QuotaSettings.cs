using System.Collections.Immutable;

namespace Damon.Model.Schemes;

/// <summary>The speed limit of a scheme as a user sets it (spec 9). All zero: no limit.</summary>
public sealed record QuotaSettings
{
    /// <summary>No limit.</summary>
    public static QuotaSettings None { get; } = new();

    /// <summary>Length of a charge window, ms.</summary>
    public ulong ResetIntervalMs { get; init; } = ulong.MaxValue;

    /// <summary>Time the scheme may spend in a window, ms; 0: no limit.</summary>
    public ulong TimeMs { get; init; }

    /// <summary>Memory the scheme may try in a window, bytes; 0: no limit.</summary>
    public ulong SizeBytes { get; init; }

    /// <summary>How goals steer the quota.</summary>
    public GoalTunerKind GoalTuner { get; init; }

    /// <summary>The share of a failed byte that is charged: this over <see cref="FailChargeDenom"/>.</summary>
    public uint FailChargeNum { get; init; }

    /// <summary>See <see cref="FailChargeNum"/>; 0: failures are charged in full.</summary>
    public uint FailChargeDenom { get; init; }

    /// <summary>Weight of a region's size in its score (unused by the physical address space's score).</summary>
    public uint WeightSize { get; init; }

    /// <summary>Weight of the access frequency in a region's score.</summary>
    public uint WeightNrAccesses { get; init; }

    /// <summary>Weight of the age in a region's score.</summary>
    public uint WeightAge { get; init; }

    /// <summary>The goals, in order; empty: none.</summary>
    public ImmutableArray<QuotaGoal> Goals { get; init; } = [];
}
