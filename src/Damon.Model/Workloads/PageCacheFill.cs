namespace Damon.Model.Workloads;

/// <summary>
/// A file that is read once from its start to its end: its pages come into the page cache at a steady rate, in chunks every
/// 100 ms, unmapped, and are never used again.
/// </summary>
/// <param name="Size">The file's size.</param>
/// <param name="BytesPerSecond">How fast it is read.</param>
/// <param name="UntilUs">Nothing is read at or after this time, in us.</param>
public sealed record PageCacheFill(Bytes Size, Bytes BytesPerSecond, long UntilUs) : Workload(Size)
{
    /// <summary>How often a second a chunk is read.</summary>
    public const uint ChunksPerSecond = 10;

    private const long ChunkUs = 1_000_000 / ChunksPerSecond;

    private protected override Memory.FolioFlags Kind => Memory.FolioFlags.None;

    /// <remarks>The fault itself leaves a folio accessed, so reading it once needs no rule.</remarks>
    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift) => [];

    private protected override IEnumerable<MemoryEvent> Events(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfZero(BytesPerSecond.Value, nameof(BytesPerSecond));
        for (ulong done = 0; done < pages;)
        {
            // The first chunk in which another page is complete.
            UInt128 chunk = ((((UInt128)done + 1 << pageShift) * ChunksPerSecond) + BytesPerSecond.Value - 1) / BytesPerSecond.Value;
            ulong reached = (ulong)UInt128.Min(pages, chunk * BytesPerSecond.Value / ChunksPerSecond >> pageShift);
            UInt128 atUs = (chunk - 1) * ChunkUs;
            if (atUs >= (ulong)UntilUs) yield break;
            yield return Allocation((long)atUs, (uint)done, (uint)(reached - done));
            done = reached;
        }
    }
}
