namespace Damon.Damo.Records;

/// <summary>A half-open range of addresses that a record covers.</summary>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">Address behind the last, bytes.</param>
public readonly record struct CoveredRange(ulong Start, ulong End);

/// <summary>A record's header with what a walk over its snapshots tells.</summary>
/// <param name="Header">The header.</param>
/// <param name="NrSnapshots">Number of snapshots.</param>
/// <param name="StartNs">Start of the first snapshot, ns; 0 when there is none.</param>
/// <param name="EndNs">End of the last snapshot, ns.</param>
/// <param name="Ranges">Addresses that any snapshot covers, touching ranges joined, by address.</param>
public sealed record RecordSummary(RecordHeader Header, int NrSnapshots, long StartNs, long EndNs, IReadOnlyList<CoveredRange> Ranges)
{
    /// <summary>Bytes of the covered ranges.</summary>
    public ulong CoveredBytes
    {
        get
        {
            ulong bytes = 0;
            foreach (CoveredRange range in Ranges) bytes += range.End - range.Start;
            return bytes;
        }
    }
}
