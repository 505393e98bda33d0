namespace Damon.Damo.Records;

/// <summary>Statistics of a scheme, counted since it started.</summary>
/// <param name="NrTried">Regions that the scheme was tried on.</param>
/// <param name="SizeTried">Their bytes.</param>
/// <param name="NrApplied">Regions that the action changed something of.</param>
/// <param name="SizeApplied">Bytes that the action changed.</param>
/// <param name="SizeOpsFilterPassed">Bytes that passed the operations layer's filters.</param>
/// <param name="QuotaExceeds">Times that the quota was used up.</param>
/// <param name="NrSnapshots">Snapshots that the scheme was tried on.</param>
/// <param name="MaxNrSnapshots">Snapshots after which the scheme stops; 0 is never.</param>
public sealed record DamosStatistics(
    ulong NrTried,
    ulong SizeTried,
    ulong NrApplied,
    ulong SizeApplied,
    ulong SizeOpsFilterPassed,
    ulong QuotaExceeds,
    ulong NrSnapshots = 0,
    ulong MaxNrSnapshots = 0)
{
    /// <summary>Nothing happened yet.</summary>
    public static DamosStatistics None { get; } = new(0, 0, 0, 0, 0, 0);
}
