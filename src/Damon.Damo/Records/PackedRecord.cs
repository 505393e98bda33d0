using System.IO.Compression;
using Damon.Damo.Document;

namespace Damon.Damo.Records;

/// <summary>The snapshots of one record as small numbers, compressed block by block.</summary>
/// <param name="header">What the record is of.</param>
internal sealed class PackedRecord(RecordHeader header)
{
    private const int BlockBytes = 1 << 18;

    private readonly List<byte[]> _blocks = [];
    private readonly PackedNumbers _open = new();
    private readonly SummaryBuilder _summary = new();

    internal RecordSummary Summary => _summary.Build(header);

    internal long PackedBytes => _blocks.Sum(block => (long)block.Length) + _open.Length;

    /// <summary>Adds a snapshot; times and addresses are written as distances from the ones before.</summary>
    internal void Append(AccessSnapshot snapshot)
    {
        _summary.Add(snapshot);
        _open.Write(snapshot.StartNs);
        _open.Write(snapshot.EndNs - snapshot.StartNs);
        _open.Write(snapshot.SampleIntervalUs ?? -1);
        _open.Write((long)snapshot.TotalBytes);
        Write(snapshot.Statistics);
        _open.Write(snapshot.NrProbes);
        _open.Write(snapshot.Regions.Count);
        ulong at = 0;
        foreach (RecordedRegion region in snapshot.Regions)
        {
            _open.Write((long)(region.Start - at));
            _open.Write((long)region.Size);
            _open.Write(region.Samples);
            _open.Write(region.AgeIntervals);
            _open.Write((long)region.PassedBytes);
            at = region.End;
        }

        foreach (long hits in snapshot.ProbeHits) _open.Write(hits);
        if (_open.Length >= BlockBytes) Pack();
    }

    internal IEnumerable<AccessSnapshot> Snapshots()
    {
        foreach (byte[] block in _blocks)
        {
            using MemoryStream unpacked = new();
            using (DeflateStream packed = new(new MemoryStream(block), CompressionMode.Decompress)) packed.CopyTo(unpacked);
            foreach (AccessSnapshot snapshot in Snapshots(new PackedNumbers(unpacked.ToArray()))) yield return snapshot;
        }

        foreach (AccessSnapshot snapshot in Snapshots(new PackedNumbers(_open.ToArray()))) yield return snapshot;
    }

    private void Pack()
    {
        using MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.Fastest)) deflate.Write(_open.ToArray());
        _blocks.Add(packed.ToArray());
        _open.Clear();
    }

    private void Write(DamosStatistics? statistics)
    {
        _open.Write(statistics is null ? 0 : 1);
        if (statistics is null) return;
        _open.Write((long)statistics.NrTried);
        _open.Write((long)statistics.SizeTried);
        _open.Write((long)statistics.NrApplied);
        _open.Write((long)statistics.SizeApplied);
        _open.Write((long)statistics.SizeOpsFilterPassed);
        _open.Write((long)statistics.QuotaExceeds);
        _open.Write((long)statistics.NrSnapshots);
        _open.Write((long)statistics.MaxNrSnapshots);
    }

    private static IEnumerable<AccessSnapshot> Snapshots(PackedNumbers numbers)
    {
        while (numbers.HasMore) yield return Read(numbers);
    }

    private static AccessSnapshot Read(PackedNumbers numbers)
    {
        long startNs = numbers.Read();
        long endNs = startNs + numbers.Read();
        long sampleUs = numbers.Read();
        ulong total = (ulong)numbers.Read();
        DamosStatistics? statistics = numbers.Read() == 0 ? null : ReadStatistics(numbers);
        int probes = (int)numbers.Read();
        RecordedRegion[] regions = new RecordedRegion[numbers.Read()];
        ulong at = 0;
        for (int i = 0; i < regions.Length; i++)
        {
            ulong start = at + (ulong)numbers.Read();
            at = start + (ulong)numbers.Read();
            regions[i] = new RecordedRegion(start, at, numbers.Read(), numbers.Read(), (ulong)numbers.Read());
        }

        long[] hits = new long[regions.Length * probes];
        for (int i = 0; i < hits.Length; i++) hits[i] = numbers.Read();
        return new AccessSnapshot(startNs, endNs, regions)
        {
            ProbeHits = Sequence.Create<long>(hits),
            Statistics = statistics,
            SampleIntervalUs = sampleUs < 0 ? null : sampleUs,
            TotalBytes = total,
        };
    }

    private static DamosStatistics ReadStatistics(PackedNumbers numbers) => new(
        (ulong)numbers.Read(), (ulong)numbers.Read(), (ulong)numbers.Read(), (ulong)numbers.Read(), (ulong)numbers.Read(), (ulong)numbers.Read(),
        (ulong)numbers.Read(), (ulong)numbers.Read());
}
