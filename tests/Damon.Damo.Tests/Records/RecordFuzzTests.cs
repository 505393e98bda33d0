using System.Text;
using Damon.Damo.Records;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Records;

public class RecordFuzzTests
{
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

    private static void Try(byte[] bytes)
    {
        try
        {
            foreach (RecordedSnapshot snapshot in SampleRecords.Read(bytes).Snapshots()) Assert.NotNull(snapshot.Snapshot);
        }
        catch (DamoException e)
        {
            Assert.StartsWith("memory: ", e.Message);
        }
    }
}
