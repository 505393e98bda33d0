using Damon.Actors.Hosts;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Actors.Schemes;

/// <summary>Asks a scheme to look at its watermarks; answered by a <see cref="WatermarkLook"/>.</summary>
public readonly record struct LookAtWatermarks;

/// <summary>Asks a scheme to begin a pass; answered by <see cref="PassBegun"/>.</summary>
/// <param name="Pass">The pass.</param>
public readonly record struct BeginPass(SchemePass Pass);

/// <summary>Asks a scheme to look at a region; answered by a <see cref="RegionVerdict"/>.</summary>
/// <param name="Offer">The region.</param>
public readonly record struct OfferRegion(RegionOffer Offer);

/// <summary>Asks a scheme to forget that its last window ended in a target; answered by <see cref="Done"/>.</summary>
/// <param name="TargetIndex">The target.</param>
public readonly record struct ForgetTarget(int TargetIndex);

/// <summary>Tells a scheme that targets were removed or have moved; answered by <see cref="Done"/>.</summary>
/// <param name="Places">By former index: the present one, or -1 when the target is gone.</param>
public readonly record struct RenumberTargets(ReadOnlyMemory<int> Places);

/// <summary>Tells a scheme that the pass is over; answered by <see cref="Done"/>.</summary>
public readonly record struct EndPass;

/// <summary>Asks a scheme to take new parameters; answered by <see cref="Done"/>.</summary>
/// <param name="Settings">The parameters.</param>
public readonly record struct CommitScheme(SchemeSettings Settings);

/// <summary>Asks a scheme to hand a user's value to its goal; answered by <see cref="GoalFed"/>.</summary>
/// <param name="Goal">Index of the goal.</param>
/// <param name="Value">The value.</param>
public readonly record struct FeedGoal(int Goal, ulong Value);

/// <summary>What became of a user's value.</summary>
/// <param name="Error">Why it was refused, in one sentence; null: the goal has it.</param>
public readonly record struct GoalFed(string? Error);

/// <summary>Asks a scheme what can be read of it; answered by a <see cref="SchemeReading"/>.</summary>
public readonly record struct ReadScheme;

/// <summary>What can be read of a scheme.</summary>
/// <param name="Sample">As a user sees it.</param>
/// <param name="MinScore">Lowest score that was tried in the last pass.</param>
/// <param name="TotalChargedSize">Charged in closed windows, core address units.</param>
/// <param name="TotalChargedNs">Time charged, ns.</param>
public sealed record SchemeReading(SchemeSample Sample, uint MinScore, ulong TotalChargedSize, ulong TotalChargedNs);

/// <summary>Asks a goal tuner for what its scheme may do in a window; answered by <see cref="Throttle"/>.</summary>
/// <param name="Pass">The pass; its regions are what eligible memory is measured by.</param>
/// <param name="Pattern">The scheme's access pattern.</param>
/// <param name="Tuner">How to steer.</param>
/// <param name="SizeQuota">The scheme's own limit, core address units; 0: none.</param>
/// <param name="EffectiveSize">The effective size so far, core address units.</param>
public readonly record struct TuneGoals(
    SchemePass Pass, AccessPattern Pattern, GoalTunerKind Tuner, ulong SizeQuota, ulong EffectiveSize);

/// <summary>What a goal tuner allows.</summary>
/// <param name="EffectiveSizeBp">In a window, 1/10,000 of a core address unit.</param>
/// <param name="Score">The highest score of the goals; 10,000: met.</param>
public readonly record struct Throttle(ulong EffectiveSizeBp, ulong Score);

/// <summary>Asks a goal tuner to take new goals; answered by <see cref="Done"/>.</summary>
/// <param name="Quota">The quota that has them.</param>
public readonly record struct CommitGoals(QuotaSettings Quota);

/// <summary>Tells a scheme to remember which regions it was tried on; answered by <see cref="Done"/>. No part of the simulated kernel.</summary>
public readonly record struct KeepTriedRegions;

/// <summary>Asks a scheme for the regions of the last pass in which it was tried on any; answered by a list, empty unless they are kept.</summary>
public readonly record struct ReadTriedRegions;

/// <summary>A region that a scheme was tried on (DAMON's tried_regions).</summary>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">First address after it, bytes.</param>
/// <param name="NrAccesses">Samples with an access, in the aggregation.</param>
/// <param name="Age">Age, aggregation intervals.</param>
/// <param name="PassedBytes">Bytes that passed the scheme's filters.</param>
public readonly record struct TriedRegion(ulong Start, ulong End, uint NrAccesses, uint Age, ulong PassedBytes)
{
    /// <summary>Index of its target.</summary>
    public int Target { get; init; }
}
