using System.IO.Compression;
using System.Text.Json;
using Damon.Damo.Document;
using Damon.Damo.Records;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Records;

public class RecordWriterTests
{
    private static readonly RecordHeader _header = new(new(0), Intervals.Default);
    private static readonly AccessSnapshot _snapshot = new(0, 100_000_000, [new(8192, 12288, 0, 1), new(4096, 8192, 3, 7)]);

    [Fact]
    public void What_is_written_follows_the_rules()
    {
        using var folder = new ScratchFolder();
        string path = folder.File("a.data");
        using (var writer = new RecordWriter(path))
        {
            writer.Append(_header, _snapshot with { SampleIntervalUs = 80_000 });
            writer.Complete();
        }

        using var packed = new ZLibStream(File.OpenRead(path), CompressionMode.Decompress);
        using JsonDocument json = JsonDocument.Parse(packed);
        JsonElement record = json.RootElement[0];
        Assert.Equal(0, record.GetProperty("target_id").GetInt32());
        Assert.Equal(JsonValueKind.Null, record.GetProperty("kdamond_idx").ValueKind);
        Assert.Equal("""{"sample_us":5000,"aggr_us":100000,"ops_update_us":1000000,"intervals_goal":{"access_bp":0,"aggrs":0,"min_sample_us":0,"max_sample_us":0}}""", record.GetProperty("intervals").GetRawText());
        JsonElement snapshot = record.GetProperty("snapshots")[0];
        Assert.Equal(80_000, snapshot.GetProperty("sample_interval_us").GetInt32());
        Assert.Equal(
            """{"start":4096,"end":8192,"nr_accesses":{"samples":3,"percent":null},"age":{"usec":null,"aggr_intervals":7},"sz_filter_passed":0}""",
            snapshot.GetProperty("regions")[0].GetRawText());
    }

    [Fact]
    public void Anything_written_is_read_back() => Prop.ForAll(SampleRecords.Snapshot.ListOf().ToArbitrary(), snapshots =>
    {
        using var folder = new ScratchFolder();
        string path = folder.File("a.data");
        RecordHeader[] headers =
        [
            _header,
            new(new(1), new(1000, 20_000, 5000, new(400, 3, 5000, 10_000_000)), [], "simulation"),
            new(new(null, 0, 1, 2), Intervals.Default, [new(FilterType.Memcg, true, true, "/a\"b"), new(FilterType.Addr, false, true, AddressRange: new(1, 2)), new(FilterType.HugepageSize, true, false, HugepageSize: new(4096, 1L << 21)), new(FilterType.Target, true, false, TargetIndex: 3)]),
        ];
        AccessSnapshot[] ordered = [.. snapshots.OrderBy(snapshot => snapshot.EndNs)];
        using (var writer = new RecordWriter(path))
        {
            for (int i = 0; i < ordered.Length; i++) writer.Append(headers[i % headers.Length], ordered[i]);
            writer.Complete();
        }

        RecordFile file = RecordFile.Open(path);
        Assert.Equal(headers[..Math.Min(3, ordered.Length)], file.Records.Select(record => record.Header));
        Assert.Equal(
            ordered.Select((snapshot, i) => (i % 3, i / 3, snapshot)).OrderBy(item => item.Item1).ThenBy(item => item.Item2),
            file.Snapshots().Select(item => (item.RecordIndex, item.Index, item.Snapshot)));
        Assert.Equal(["a.data"], folder.Files);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Short_records_are_noted()
    {
        using var folder = new ScratchFolder();
        using var writer = new RecordWriter(folder.File("a.data"));
        for (int i = 0; i < 21; i++) writer.Append(_header, _snapshot);
        writer.Append(_header with { Key = new(1) }, _snapshot);
        Assert.Contains("target 1 has 1 snapshots", Assert.Single(writer.Complete()));
    }

    [Fact]
    public void An_incomplete_file_gets_no_name()
    {
        using var folder = new ScratchFolder();
        using (var writer = new RecordWriter(folder.File("a.data"))) writer.Append(_header, _snapshot);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Time_cannot_go_back()
    {
        using var folder = new ScratchFolder();
        using var writer = new RecordWriter(folder.File("a.data"));
        writer.Append(_header, _snapshot);
        Assert.Throws<InvalidOperationException>(() => writer.Append(_header, new(0, 1, [])));
    }
}
