using Damon.Damo.Document;
using Damon.Damo.Records;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Records;

public class PackedRecordsTests
{
    [Fact]
    public void What_is_packed_comes_out_as_it_was() =>
        Prop.ForAll(SampleRecords.Snapshot.ListOf().ToArbitrary(), snapshots =>
        {
            var packed = new PackedRecords();
            RecordHeader[] headers = [new(new(0), Intervals.Default), new(new(1, 2, 0), null)];
            var kept = new List<(int Record, AccessSnapshot Snapshot)>();
            for (int i = 0; i < snapshots.Count; i++)
            {
                packed.Append(headers[i % 2], snapshots[i]);
                kept.Add((i % 2, snapshots[i]));
            }

            Assert.Equal(kept.OrderBy(one => one.Record).Select(one => (one.Record, one.Snapshot)), packed.Snapshots().Select(one => (one.RecordIndex, one.Snapshot)));
            var memory = new MemoryRecords([.. headers.Take(packed.Records.Count).Select((header, i) => (header, (IReadOnlyList<AccessSnapshot>)[.. kept.Where(one => one.Record == i).Select(one => one.Snapshot)]))]);
            Assert.Equal(memory.Records.Select(record => (record.Header, record.NrSnapshots, record.StartNs, record.EndNs, record.CoveredBytes)),
                packed.Records.Select(record => (record.Header, record.NrSnapshots, record.StartNs, record.EndNs, record.CoveredBytes)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Blocks_are_compressed_and_snapshots_in_all_of_them_found()
    {
        var packed = new PackedRecords();
        RecordHeader header = new(new(0), Intervals.Default);
        for (int i = 0; i < 3000; i++)
            packed.Append(header, new(i, i + 1, Enumerable.Range(0, 100).Select(region => new RecordedRegion((ulong)region << 20, ((ulong)region + 1) << 20, (region * i) % 21, i % 50))));
        Assert.InRange(packed.PackedBytes, 1, 3000 * 100 * 4);
        Assert.Equal(Enumerable.Range(0, 3000), packed.Snapshots().Select(snapshot => (int)snapshot.Snapshot.StartNs));
        Assert.Equal(17 * 2999 % 21, packed.Snapshots().Last().Snapshot.Regions[17].Samples);
    }
}
