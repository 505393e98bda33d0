using System.Text;
using Damon.Damo.Records;
using Damon.Damo.Reports;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Records;

public class RecordFuzzTests
{
    private static readonly string[] _reports =
    [
        "access", "access --style simple-boxes", "access --style recency-percentiles", "access --style temperature-sz-hist", "access --raw_form",
        "heatmap --resol 3 4", "wss --exclude_samples 0", "nr_regions --exclude_samples 0", "record_info", "times",
    ];

    [Fact]
    public void Extreme_numbers_are_reported_or_refused_cleanly()
    {
        string[] numbers = ["0", "1", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "1e300", "\"max\"", "\"inf\"", "\"nan\"", "\"-inf\"", "1e-300", "null"];
        Gen<string> number = Gen.Elements(numbers);
        Prop.ForAll(number.ArrayOf(9).ToArbitrary(), n => Try(Encoding.UTF8.GetBytes(
            $$$"""[{"target_id":0,"intervals":{"sample_us":{{{n[0]}}},"aggr_us":{{{n[1]}}},"intervals_goal":{"access_bp":1,"aggrs":{{{n[2]}}},"min_sample_us":1,"max_sample_us":1}},"snapshots":[{"start_time":{{{n[3]}}},"end_time":{{{n[4]}}},"sample_interval_us":{{{n[5]}}},"regions":[{"start":0,"end":{{{n[6]}}},"nr_accesses":{"samples":{{{n[7]}}}},"age":{"aggr_intervals":{{{n[8]}}}}}]}]}]"""
            ))).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_cleanly() =>
        Prop.ForAll<byte[]>(bytes => Try(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("walk.data")]
    [InlineData("filters.data")]
    public void Changed_zlib_data_is_read_or_refused_cleanly(string name) => Mutate(File.ReadAllBytes(SampleRecords.Path(name)));

    [Fact]
    public void Changed_json_is_read_or_refused_cleanly() => Mutate(Encoding.UTF8.GetBytes(
        """[{"target_id":null,"kdamond_idx":0,"intervals":{"sample_us":"5 ms","aggr_us":1e5},"scheme_filters":[{"filter_type":"memcg","matching":true,"memcg_path":"a"}],"snapshots":[{"start_time":0,"end_time":9,"regions":[{"start":"1 K","end":4096,"nr_accesses":{"percent":"5%"},"age":{"usec":100000},"probe_hits":[1,2]}],"damos_stats":{"nr_tried":1}}]}]"""));

    [Fact]
    public void Changed_text_is_read_or_refused_cleanly() => Mutate(Encoding.UTF8.GetBytes(
        "kdamond.0 4242 [000] 1000.100000: damon:damon_aggregated: target_id=0 nr_regions=1 4096-8192: 20 0\n"));

    private static void Mutate(byte[] original) => Prop.ForAll<int, byte, NonNegativeInt>((at, value, cut) =>
    {
        byte[] bytes = [.. original];
        bytes[(int)((uint)at % bytes.Length)] = value;
        Try(bytes);
        Try(original[..(cut.Get % original.Length)]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>Whatever can be read can be reported, or is refused cleanly.</summary>
    private static void Report(string line, RecordFile file)
    {
        try
        {
            ReportCommand.Run(line.Split(' '), ReportInput.Files with { RunningRecords = file }, TextWriter.Null);
        }
        catch (DamoException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private static void Try(byte[] bytes)
    {
        try
        {
            RecordFile file = SampleRecords.Read(bytes);
            foreach (RecordedSnapshot snapshot in file.Snapshots()) Assert.NotNull(snapshot.Snapshot);
            foreach (string report in _reports) Report(report, file);
        }
        catch (DamoException e)
        {
            Assert.StartsWith("memory: ", e.Message);
        }
    }
}
