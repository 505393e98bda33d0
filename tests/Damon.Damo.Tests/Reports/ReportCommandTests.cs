using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Reports;
using Damon.Damo.Tests.Records;

namespace Damon.Damo.Tests.Reports;

public class ReportCommandTests
{
    private static readonly AccessSnapshot _snapshot = new(0, 100_000_000, [new(4096, 8192, 20, 3), new(8192, 16384, 0, 50), new(1 << 20, 2 << 20, 4, 9)]);

    [Theory]
    [InlineData("acces", "did you mean 'access'?")]
    [InlineData("access walk.data", "'walk.data' is no option")]
    [InlineData("access --stile hot", "did you mean 'style'?")]
    [InlineData("access --s hot", "--s is ambiguous; it could be --snapshot_idx --style")]
    [InlineData("access --input_file walk.data --style hott", "did you mean 'hot'?")]
    [InlineData("access --input_file walk.data --snapshot_idx 1", "--snapshot_idx needs 2 words, found 1")]
    [InlineData("access --input_file walk.data --snapshot_idx 1 x", "'x' is no whole number")]
    [InlineData("access --input_file walk.data --snapshot_idx 50 60", "no record has snapshots 50 to 60; the longest has 40")]
    [InlineData("access --input_file walk.data --format set regions x", "did you mean 'region'?")]
    [InlineData("access --input_file walk.data --format set region <sise>", "the keyword <sise> is not known here")]
    [InlineData("access --tried_regions_of 0 0 7", "there is no scheme 7; allowed is 0 to 1")]
    [InlineData("access --input_file walk.data --age 1 x", "--age: 'x' is not a time")]
    [InlineData("heatmap --input walk.data --resol 0 80", "allowed is 1 or more each")]
    [InlineData("heatmap --input walk.data --tid 5", "no record with memory to show")]
    [InlineData("wss --input filters.data", "record 0 has 1 snapshots and the first 20 are skipped")]
    [InlineData("wss --input walk.data --exclude_samples -1", "found -1, allowed is 0 or more")]
    [InlineData("footprints --input walk.data", "walk.data")]
    public void Wrong_input_is_refused_in_one_sentence(string line, string expected)
    {
        string message = Assert.Throws<DamoException>(() => ReportRunner.Run(line)).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_missing_report_is_named() =>
        Assert.Contains("access damon heatmap", Assert.Throws<DamoException>(() => ReportCommand.Run([], ReportInput.Files, TextWriter.Null)).Message);

    [Theory]
    [InlineData("hot", "9", "1", "0")]
    [InlineData("cold", "0", "1", "9")]
    public void Hot_and_cold_sort_by_temperature(string style, params string[] digits)
    {
        string[] lines = ReportRunner.Run($"access --style {style}", ReportRunner.Records(
            new AccessSnapshot(0, 100_000_000, [new(0, 4096, 0, 90), new(4096, 8192, 20, 30), new(8192, 12288, 4, 9)]))).Split('\n');
        Assert.Equal(digits, lines[1..4].Select(line => line.Split('|')[1][..1]));
    }

    [Theory]
    [InlineData("cold-memory-tail", "recency-sz-hist")]
    [InlineData("idle-time-percentiles", "recency-percentiles")]
    public void Old_names_of_styles_stay(string old, string style) => Assert.Equal(
        ReportRunner.Run($"access --input_file filters.data --style {style}"), ReportRunner.Run($"access --input_file filters.data --style {old}"));

    [Fact]
    public void Regions_are_selected_by_their_pattern()
    {
        string Sizes(string options) => ReportRunner.Run("access --total_sz_only " + options, ReportRunner.Records(_snapshot)).Split('\n')[0];
        Assert.Equal("1.012 MiB", Sizes("--age 0 max"));
        Assert.Equal("4.000 KiB", Sizes("--access_rate 50% 100%"));
        Assert.Equal("8.000 KiB", Sizes("--age 1s max"));
        Assert.Equal("1024.000 KiB", Sizes("--sz_region 1M 1M"));
        Assert.Equal("12.000 KiB", Sizes("--address 4K 9K"));
    }

    [Fact]
    public void Several_snapshots_get_their_times_and_several_records_their_heads()
    {
        string text = ReportRunner.Run("access --input_file walk.data --snapshot_idx -2 -1");
        Assert.StartsWith("snapshot time: [0 ns, 100 ms] (100 ms)\nheatmap: ", text);
        Assert.Contains("\nsnapshot time: [100 ms, 200 ms] (100 ms)\n", text);
        Assert.Contains("kdamond 1 / context 0 / scheme 0 / target id None / recorded for 1.600 s from 16 m 40 s\n", ReportRunner.Run("access --input_file probes.data"));
    }

    [Fact]
    public void Text_records_have_heatmaps_in_samples_and_raw_forms_only()
    {
        const string text = "a 1 [0] 1.1: damon:damon_aggregated: target_id=0 nr_regions=1 0-4096: 3 0\na 1 [0] 1.2: damon:damon_aggregated: target_id=0 nr_regions=1 0-4096: 3 1\n";
        IRecordSource source = SampleRecords.Read(text);
        Assert.StartsWith("some records lack the intervals information", Assert.Throws<DamoException>(() => ReportRunner.Run("access", source)).Message);
        Assert.StartsWith("base_time_absolute: 1 s\n", ReportRunner.Run("access --raw_form", source));
        Assert.Contains("(4.500-4.500 samples)", ReportRunner.Run("heatmap --resol 1 1", source));
    }

    [Fact]
    public void Polled_records_are_one_series()
    {
        var header = new RecordHeader(new(null, 0, 0, 0), Intervals.Default);
        var polled = new MemoryRecords((header, [_snapshot]), (header, [new AccessSnapshot(100_000_000, 200_000_000, _snapshot.Regions)]));
        string info = ReportRunner.Run("record_info", polled);
        Assert.Equal("target_id: None\ntime: [0 ns, 200 ms) (200 ms)\nregion\t 0: [4.000000 KiB, 16.000000 KiB) (12.000 KiB)\nregion\t 1: [1024.000000 KiB, 2.000000 MiB) (1024.000 KiB)\n", info);
        Assert.Contains("# avr:\t1.004 MiB", ReportRunner.Run("wss --exclude_samples 1", polled));
    }

    [Fact]
    public void The_hottest_range_is_drawn_unless_all_are_wanted()
    {
        MemoryRecords records = ReportRunner.Records(_snapshot);
        Assert.Contains("space [1024.000000 KiB, 2.000000 MiB)", ReportRunner.Run("heatmap", records));
        Assert.Contains("space [4.000000 KiB, 2.000000 MiB)", ReportRunner.Run("heatmap --draw_range all", records));
        Assert.Equal(ReportRunner.Run("record_info", records), ReportRunner.Run("heatmap --guide", records));
    }

    [Fact]
    public void Times_join_touching_snapshots_and_leave_gaps()
    {
        AccessSnapshot At(int step, long samples) => new(step * 100_000_000L, (step + 1) * 100_000_000L, [new(0, 4096, samples, 0)]);
        Assert.Equal(
            "0.000000-0.200000\n0.300000-0.400000\n# (seconds)\n",
            ReportRunner.Run("times --access_rate 50% 100%", ReportRunner.Records(At(0, 20), At(1, 10), At(2, 1), At(3, 15))));
    }

    [Fact]
    public void Working_sets_in_the_order_of_time_are_not_sorted()
    {
        AccessSnapshot At(int step, ulong bytes) => new(step, step + 1, [new(0, bytes, 1, 0)]);
        string text = ReportRunner.Run("wss --exclude_samples 0 --sortby time", ReportRunner.Records(At(0, 8192), At(1, 4096)));
        Assert.Equal(["8.000 KiB", "8.000 KiB", "4.000 KiB", "4.000 KiB", "4.000 KiB"], text.Split('\n')[3..8].Select(line => line[3..19].Trim()));
    }

    [Fact]
    public void Tuned_intervals_are_the_snapshots_own()
    {
        Intervals tuned = Intervals.Default with { Goal = IntervalsGoal.Autotune };
        AccessSnapshot given = _snapshot with { SampleIntervalUs = 10_000 };
        Assert.Equal(new DerivedIntervals(10_000, 200_000), DerivedIntervals.Of(tuned, given));
        Assert.Equal(new DerivedIntervals(5_000, 100_000), DerivedIntervals.Of(Intervals.Default, given));
        Assert.Equal(new DerivedIntervals(5_500, 110_000), DerivedIntervals.Of(tuned, _snapshot with { EndNs = 110_000_000 }));
        Assert.Equal(new DerivedIntervals(5_000, 100_000), DerivedIntervals.Of(tuned, _snapshot with { EndNs = 109_000_000 }));
    }

    [Fact]
    public void Snapshots_without_regions_do_no_harm()
    {
        Assert.Contains("heatmap: no region\n", ReportRunner.Run("access", ReportRunner.Records(new AccessSnapshot(0, 1, []))));
        Assert.Contains("nothing was monitored", Assert.Throws<DamoException>(() => ReportRunner.Run("access", ReportRunner.Records())).Message);
        foreach (string style in new[] { "simple-boxes", "recency-percentiles", "recency-sz-hist", "temperature-percentiles", "temperature-sz-hist" })
            Assert.Contains("total size: 0 B", ReportRunner.Run($"access --style {style}", ReportRunner.Records(new AccessSnapshot(0, 1, []))));
    }

    [Fact]
    public void A_file_of_kdamonds_is_shown_without_a_running_simulation()
    {
        Assert.StartsWith("kdamond 0\n    state: off, pid: None\n    context 0\n        ops: paddr\n", ReportRunner.Run("damon --input_file kdamonds.json"));
        Assert.Equal("0\tstate: off, pid: None\n", ReportRunner.Run("damon --input_file walk.data.kdamonds --kdamonds_summary"));
    }

    [Fact]
    public void Json_of_a_record_is_a_record_again()
    {
        foreach (string name in new[] { "walk.data", "filters.data", "probes.data" })
        {
            RecordFile original = SampleRecords.Open(name);
            RecordFile again = SampleRecords.Read(ReportRunner.Run($"access --json --input_file {name}"));
            Assert.Equal(original.Records.Select(record => record.Header), again.Records.Select(record => record.Header));
            Assert.Equal(original.Snapshots(), again.Snapshots());
        }
    }

    [Fact]
    public void Json_has_the_snapshots_and_regions_that_are_asked_for()
    {
        RecordFile some = SampleRecords.Read(ReportRunner.Run("access --json --input_file walk.data --snapshot_idx 12 12 --access_rate 50% 100%"));
        AccessSnapshot snapshot = Assert.Single(some.Snapshots()).Snapshot;
        Assert.Equal(20, Assert.Single(snapshot.Regions).Samples);
    }

    [Theory]
    [InlineData("access")]
    [InlineData("access --json")]
    [InlineData("access --raw_form")]
    [InlineData("heatmap")]
    [InlineData("wss")]
    [InlineData("nr_regions")]
    [InlineData("record_info")]
    [InlineData("times")]
    [InlineData("holistic")]
    public void A_record_without_a_snapshot_is_refused_by_all_reports(string report)
    {
        foreach (string text in new[] { "[]", """[{"target_id":0,"snapshots":[]}]""" })
        {
            ReportInput input = ReportInput.Files with { OpenRecord = _ => SampleRecords.Read(text) };
            Assert.Contains("damon.data: there is no snapshot in it", Assert.Throws<DamoException>(() => ReportRunner.Run(report, input)).Message);
        }
    }
}
