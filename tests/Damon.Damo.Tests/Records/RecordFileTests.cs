using System.IO.Compression;
using System.Text;
using Damon.Damo.Document;
using Damon.Damo.Records;

namespace Damon.Damo.Tests.Records;

public class RecordFileTests
{
    private const string Head = """{"target_id":0,"intervals":{"sample_us":5000,"aggr_us":100000,"ops_update_us":1000000},"snapshots":[""";
    private const string Region = """{"start":4096,"end":8192,"nr_accesses":{"samples":3,"percent":null},"age":{"usec":null,"aggr_intervals":7}}""";
    private static readonly RecordedRegion _region = new(4096, 8192, 3, 7);

    [Fact]
    public void The_minimal_record_is_read()
    {
        RecordFile file = SampleRecords.Open("minimal.data");
        RecordSummary record = Assert.Single(file.Records);
        Assert.Equal(new RecordKey(0), record.Header.Key);
        Assert.Equal(Intervals.Default, record.Header.Intervals);
        AccessSnapshot snapshot = Assert.Single(file.Snapshots()).Snapshot;
        Assert.Equal(new AccessSnapshot(0, 100_000_000, [new(1UL << 32, 6UL << 30, 3, 7)]), snapshot);
    }

    [Fact]
    public void A_long_record_keeps_its_order()
    {
        RecordFile file = SampleRecords.Open("walk.data");
        Assert.Equal(40, file.Records[0].NrSnapshots);
        Assert.Equal([new CoveredRange(4UL << 30, 6UL << 30)], file.Records[0].Ranges);
        Assert.Equal(Enumerable.Range(0, 40), file.Snapshots().Select(snapshot => snapshot.Index));
        Assert.Equal(1_003_900_000_000, file.Snapshots().Last().Snapshot.StartNs);
    }

    [Fact]
    public void Filters_statistics_and_probes_are_read()
    {
        RecordFile filters = SampleRecords.Open("filters.data");
        Assert.Equal(new RecordKey(null, 0, 0, 1), filters.Records[0].Header.Key);
        Assert.Equal([new(FilterType.Memcg, true, true, "/workloads/a"), new(FilterType.Young, true, true)], filters.Records[0].Header.Filters);
        Assert.Equal(new DamosStatistics(6, 28991029248, 4, 289406976, 5368709120, 2, 17), filters.Snapshots().Single().Snapshot.Statistics);
        RecordFile probes = SampleRecords.Open("probes.data");
        Assert.Equal(2, probes.Records.Count);
        Assert.Equal(new IntervalsGoal(400, 3, 5000, 10_000_000), probes.Records[0].Header.Intervals!.Goal);
        AccessSnapshot first = probes.Snapshots().First().Snapshot;
        Assert.Equal(80_000, first.SampleIntervalUs);
        Assert.Equal([0, 3, 20, 1, 2, 0], first.ProbeHits);
    }

    [Fact]
    public void Keys_may_come_in_any_order_and_unknown_ones_are_skipped()
    {
        string text = $$"""
            [{"later":{"a":[1,{"b":null}]},"snapshots":[{"regions":[{{Region}}],"x":[[]],"end_time":9,"start_time":1}],
            "intervals":{"aggr_us":"100 ms","sample_us":"5ms","ops_update_us":1e6},"target_id":null,"scheme_idx":"1"}]
            """;
        RecordFile file = SampleRecords.Read(text);
        Assert.Equal(new RecordHeader(new(null, SchemeIndex: 1), Intervals.Default), file.Records[0].Header);
        Assert.Equal(new AccessSnapshot(1, 9, [_region]), file.Snapshots().Single().Snapshot);
    }

    [Theory]
    [InlineData("\"4,096\"", "\"8 KiB\"", "\"3 samples\"", "\"7 aggr_intervals\"")]
    [InlineData("4096.0", "8.192e3", "3.9", "\"7\"")]
    [InlineData("\"4K\"", "\"8,192 B\"", "\"3\"", "7")]
    public void Numbers_may_be_value_texts(string start, string end, string samples, string age)
    {
        string text = $$$"""[{{{Head}}}{"start_time":"1 us","end_time":"1 ms 5 us","regions":[{"start":{{{start}}},"end":{{{end}}},"nr_accesses":{"samples":{{{samples}}}},"age":{"aggr_intervals":{{{age}}}}}]}]}]""";
        Assert.Equal(new AccessSnapshot(1_000, 1_005_000, [_region]), SampleRecords.Read(text).Snapshots().Single().Snapshot);
    }

    [Fact]
    public void Percent_and_time_stand_for_samples_and_aggregations_even_before_the_intervals()
    {
        const string text = """
            [{"snapshots":[{"start_time":0,"end_time":1,"regions":[{"start":4096,"end":8192,"nr_accesses":{"samples":null,"percent":"15 %"},
            "age":{"usec":"700 ms","aggr_intervals":null}}]}],"intervals":{"sample_us":5000,"aggr_us":100000},"target_id":0}]
            """;
        Assert.Equal([_region], SampleRecords.Read(text).Snapshots().Single().Snapshot.Regions);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Zlib_is_recognised_with_any_header(CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, level, leaveOpen: true)) zlib.Write(Encoding.UTF8.GetBytes($"[{Head}]}}]"));
        Assert.Equal(0, Assert.Single(SampleRecords.Read(packed.ToArray()).Records).NrSnapshots);
    }

    [Fact]
    public void The_text_form_is_read_with_reconstructed_starts()
    {
        const string text = """
            # comment
            kdamond.0 4242 [000] 1000.100000: damon:damon_aggregated: target_id=0 nr_regions=2 4096-8192: 3 7
            kdamond.0 4242 [000] 1000.100000: damon:damon_aggregated: target_id=0 nr_regions=2 8192-16384: 0 1
            kdamond.0 4242 [000] 1000.150000: damon:damon_intervals_tune: sample_us=5000
            kdamond.0 4242 [000] 1000.200000: damon:damon_aggregated: target_id=1 nr_regions=1 4096-8192: 3 7
            kdamond.0 4242 [000] 1000.300000: damon:damon_aggregated: target_id=0 nr_regions=1 4096-8192: 3 7

            """;
        RecordFile file = SampleRecords.Read(text);
        Assert.Equal([new(0), new(1)], file.Records.Select(record => record.Header.Key));
        Assert.All(file.Records, record => Assert.Null(record.Header.Intervals));
        AccessSnapshot[] snapshots = [.. file.Snapshots().Where(snapshot => snapshot.RecordIndex == 0).Select(snapshot => snapshot.Snapshot)];
        Assert.Equal(new AccessSnapshot(999_900_000_000, 1_000_100_000_000, [_region, new(8192, 16384, 0, 1)]), snapshots[0]);
        Assert.Equal(new AccessSnapshot(1_000_100_000_000, 1_000_300_000_000, [_region]), snapshots[1]);
        Assert.Equal(999_900_000_000, file.Records[0].StartNs);
    }

    [Fact]
    public void Schemes_targets_are_read_from_text()
    {
        const string text = "kdamond.0 1 [000] 1.5: damon:damos_before_apply: ctx_idx=0 scheme_idx=2 target_idx=1 nr_regions=1 4096-8192: 3 7\n";
        Assert.Equal(new RecordKey(1, null, 0, 2), SampleRecords.Read(text).Records[0].Header.Key);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\u0001\u0002", "neither zlib JSON nor JSON")]
    [InlineData("{}", "allowed is a list of records")]
    [InlineData("[1]", "found the number 1")]
    [InlineData("[{}]", "record 0 lacks snapshots")]
    [InlineData("""[{"snapshots":[]}]""", "record 0 lacks target_id")]
    [InlineData("""[{"target_id":0,"snapshots":[{"start_time":0}]}]""", "lacks one of start_time, end_time and regions")]
    [InlineData("""[{"target_id":0,"snapshots":[{"start_time":2,"end_time":1,"regions":[]}]}]""", "ends at 1 ns, before its start")]
    [InlineData("""[{"target_id":0,"snapshots":[{"start_time":1,"end_time":2,"regions":[{"start":1}]}]}]""", "lacks one of start, end, nr_accesses and age")]
    [InlineData("""[{"target_id":0,"snapshots":[{"start_time":"1 min","end_time":2,"regions":[]}]}]""", "start_time: '1 min' is not a time")]
    [InlineData("[] []", "line 1, column 4")]
    [InlineData("[{", "no valid JSON")]
    [InlineData("[", "no valid JSON")]
    [InlineData("hello\nworld", "line 1: no event")]
    [InlineData("a 1 [0] 1.5: damon:damon_aggregated: target_id=0 nr_regions=2 4096-8192: 3 7\n", "1 regions of a snapshot are missing")]
    [InlineData("a 1 [0] 1.5: damon:damon_aggregated: target_id=0 nr_regions=1 4096: 3 7\n", "'4096:' is no region")]
    public void Wrong_files_are_refused_in_one_sentence(string text, string expected)
    {
        string message = Assert.Throws<DamoException>(() => SampleRecords.Read(text)).Message;
        Assert.StartsWith("memory: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void White_space_without_end_is_refused_as_soon_as_it_is_longer_than_any_value()
    {
        string blank = new(' ', 1_000_000);
        Assert.Empty(SampleRecords.Read($"{blank}[{blank}]{blank}").Records);
        Assert.Contains("of white space", Assert.Throws<DamoException>(() => SampleRecords.Read($"[{blank}{blank}]")).Message);
    }

    [Fact]
    public void Missing_and_damaged_files_are_refused()
    {
        Assert.Contains("cannot be read", Assert.Throws<DamoException>(() => RecordFile.Open("no/such/file")).Message);
        byte[] bytes = File.ReadAllBytes(SampleRecords.Path("walk.data"));
        Assert.Throws<DamoException>(() => SampleRecords.Read(bytes[..(bytes.Length / 2)]));
        bytes[bytes.Length / 2] ^= 0xff;
        Assert.Throws<DamoException>(() => SampleRecords.Read(bytes));
    }

    [Fact]
    public void A_record_that_is_cut_off_anywhere_is_refused_in_one_sentence()
    {
        byte[] bytes = File.ReadAllBytes(SampleRecords.Path("walk.data"));
        for (int length = 2; length < bytes.Length; length += length < bytes.Length - 8 ? 13 : 1)
            Assert.Contains("memory: the zlib data is cut off", Assert.Throws<DamoException>(() => SampleRecords.Read(bytes[..length])).Message);
        Assert.Single(SampleRecords.Read(bytes).Records);
    }

    [Fact]
    public void A_record_with_a_wrong_bit_anywhere_is_refused_in_one_sentence()
    {
        byte[] bytes = File.ReadAllBytes(SampleRecords.Path("walk.data"));
        for (int at = 2; at < bytes.Length; at += 17)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= (byte)(1 << (at % 8));
            string message = Assert.Throws<DamoException>(() => SampleRecords.Read(damaged)).Message;
            Assert.StartsWith("memory: ", message);
            Assert.DoesNotContain('\n', message);
        }
    }

    [Fact]
    public void Values_beyond_the_window_are_read_and_monstrous_ones_refused()
    {
        string Text(int length) => $"[{{\"data_source\":\"{new string('x', length)}\",{Head[1..]}]}}]";
        Assert.Equal(300_000, SampleRecords.Read(Text(300_000)).Records[0].Header.DataSource.Length);
        Assert.Contains("longer than", Assert.Throws<DamoException>(() => SampleRecords.Read(Text(3_000_000))).Message);
    }
}
