using System.IO.Compression;
using System.Text;

namespace Damon.Host.Tests.Console;

/// <summary>Reports of large records, as processes of their own: what they need of memory does not grow with the record.</summary>
public sealed class LargeRecordTests
{
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    /// <summary>What a record of 1 GiB may take.</summary>
    private const long Bound = 300 * MiB;

    [Fact]
    public void Memory_grows_in_proportion_at_most()
    {
        // The smaller one is large enough that the runtime has come to rest.
        const long Small = 16 * MiB, Large = 64 * MiB;
        long growth = Need(Large) - Need(Small);
        Assert.InRange(growth, long.MinValue, (Large - Small) * Bound / GiB);
    }

    /// <summary>
    /// What a report needs: the least of some runs. The collector of a process that waits for its turn on a busy machine comes late, so that a
    /// single run can have more, by about as much as is looked for here.
    /// </summary>
    private static long Need(long length) => Enumerable.Range(0, 3).Min(_ => Peak(length, TimeSpan.FromMinutes(5), ["wss"]));

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("wss")]
    [InlineData("heatmap")]
    [InlineData("access")]
    [InlineData("access", "--raw_form")]
    public void A_gigabyte_needs_300_MiB_at_most(params string[] report) => Assert.InRange(Peak(GiB, TimeSpan.FromMinutes(20), report), MiB, Bound);

    private static long Peak(long length, TimeSpan patience, string[] report)
    {
        using Scratch scratch = new();
        string path = Path.Combine(scratch.Directory, "large.data");
        Write(path, length);
        (Ended ended, long peak) = DamonProcess.Measure(patience, ["report", .. report, "--input", path, .. (report[0] == "wss" ? ["--exclude_samples", "0"] : Array.Empty<string>())]);
        Assert.Equal((0, ""), (ended.Code, ended.Stderr));
        return peak;
    }

    /// <summary>A record of about as many bytes when unpacked, 1000 regions a snapshot.</summary>
    private static void Write(string path, long length)
    {
        StringBuilder regions = new();
        for (int i = 0; i < 1000; i++)
            regions.Append(i == 0 ? "" : ",").Append($$$"""{"start":{{{i + 1}}}0000,"end":{{{i + 2}}}0000,"nr_accesses":{"samples":{{{i % 21}}},"percent":null},"age":{"usec":null,"aggr_intervals":{{{i}}}}}""");
        using ZLibStream packed = new(File.Create(path), CompressionLevel.Fastest);
        packed.Write("""[{"target_id":0,"intervals":{"sample_us":5000,"aggr_us":100000,"ops_update_us":1000000},"snapshots":["""u8);
        long written = 0;
        for (long i = 0; i == 0 || written < length; i++)
        {
            byte[] snapshot = Encoding.UTF8.GetBytes($$"""{{(i == 0 ? "" : ",")}}{"start_time":{{i * 100_000_000}},"end_time":{{(i + 1) * 100_000_000}},"regions":[{{regions}}]}""");
            packed.Write(snapshot);
            written += snapshot.Length;
        }

        packed.Write("]}]"u8);
    }
}
