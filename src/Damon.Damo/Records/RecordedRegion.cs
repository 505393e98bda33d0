namespace Damon.Damo.Records;

/// <summary>One monitoring region of a snapshot (records spec section 3).</summary>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">Address behind the last, bytes; not below <paramref name="Start"/>.</param>
/// <param name="Samples">Samples of the aggregation that found an access, 0 or more.</param>
/// <param name="AgeIntervals">Aggregation intervals for which the access rate has been about the same, 0 or more.</param>
/// <param name="PassedBytes">Bytes that passed the scheme's filters; 0 when the record has none.</param>
public readonly record struct RecordedRegion(ulong Start, ulong End, long Samples, long AgeIntervals, ulong PassedBytes = 0)
{
    /// <summary>Size in bytes.</summary>
    public ulong Size => End - Start;
}
