using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Filters;

namespace Damon.Scenarios.Explaining;

/// <summary>A scheme, with what follows from its numbers.</summary>
/// <param name="Context">Its context.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Staged">What the kernel gets.</param>
/// <param name="Written">The scheme of the document that it was staged from, in the units as written; null: none.</param>
public sealed record ConfiguredScheme(ConfiguredContext Context, Place Place, StagedScheme Staged, Scheme? Written)
{
    private const ulong YearUs = 365UL * 24 * 3600 * 1_000_000;

    /// <summary>The machine.</summary>
    public KnownMachine Machine => Context.Machine;

    /// <summary>From one application to the next, us, at the first intervals.</summary>
    public ulong ApplyUs => Staged.ApplyIntervalUs == 0 ? Context.Staged.AggrUs : Staged.ApplyIntervalUs;

    /// <summary>Whether it moves memory between nodes.</summary>
    public bool IsMigration => Staged.Action is SchemeAction.MigrateHot or SchemeAction.MigrateCold;

    /// <summary>The node that memory is moved to; null: none, or several with weights.</summary>
    public int? TargetNode => IsMigration && Staged.TargetNid is >= 0 and { } node ? node : null;

    /// <summary>Whether its quota is tuned by goals.</summary>
    public bool HasGoals => Staged.Quotas.Goals.Count > 0;

    /// <summary>Whether anything limits it (spec 7: quota "set").</summary>
    public bool HasQuota => HasGoals || Staged.Quotas.Bytes > 0 || Staged.Quotas.Ms > 0;

    /// <summary>Lowest access frequency, samples an aggregation, in the 32 bits that the kernel keeps.</summary>
    public uint MinSamples => unchecked((uint)Staged.AccessPattern.MinNrAccesses);

    /// <summary>Highest access frequency, samples an aggregation, in the 32 bits that the kernel keeps.</summary>
    public uint MaxSamples => unchecked((uint)Staged.AccessPattern.MaxNrAccesses);

    /// <summary>Lowest age, aggregations, in the 32 bits that the kernel keeps.</summary>
    public uint MinAge => unchecked((uint)Staged.AccessPattern.MinAge);

    /// <summary>Highest age, aggregations, in the 32 bits that the kernel keeps.</summary>
    public uint MaxAge => unchecked((uint)Staged.AccessPattern.MaxAge);

    /// <summary>Whether it has an upper limit of ages that can matter: "max" becomes some count of aggregations, too.</summary>
    public bool HasAgeLimit => (UInt128)MaxAge * Context.Staged.AggrUs < YearUs;

    /// <summary>Which pages its filters let pass.</summary>
    internal FilterChain Filters => new(Staged, Context.IsPhysical);
}
