using System.IO.Compression;
using System.Text;
using Damon.Damo.Records;

namespace Damon.Damo.Tests.Records;

public class RecordMemoryTests
{
    [Fact]
    public void A_large_record_is_never_held() => Walk(48L << 20, 24L << 20);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_gigabyte_needs_little_memory() => Walk(1L << 30, 100L << 20);

    /// <summary>Writes a record of a length when unpacked, and walks over it while the live memory stays below a bound.</summary>
    private static void Walk(long length, long liveBytesMax)
    {
        using var folder = new ScratchFolder();
        string path = folder.File("large.data");
        long nrSnapshots = Write(path, length);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        RecordFile file = RecordFile.Open(path);
        Assert.Equal(nrSnapshots, file.Records[0].NrSnapshots);
        long seen = 0, most = 0;
        foreach (RecordedSnapshot _ in file.Snapshots())
        {
            if (seen++ % (nrSnapshots / 4) == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(nrSnapshots, seen);
        Assert.InRange(most, long.MinValue, liveBytesMax);
    }

    private static long Write(string path, long length)
    {
        var regions = new StringBuilder();
        for (int i = 0; i < 1000; i++)
            regions.Append(i == 0 ? "" : ",").Append($$$"""{"start":{{{i + 1}}}000,"end":{{{i + 2}}}000,"nr_accesses":{"samples":{{{i % 21}}}},"age":{"usec":null,"aggr_intervals":{{{i}}}}}""");
        using var packed = new ZLibStream(File.Create(path), CompressionLevel.Fastest);
        packed.Write("""[{"target_id":0,"intervals":{"sample_us":5000,"aggr_us":100000,"ops_update_us":1000000},"snapshots":["""u8);
        long count = 0;
        for (long written = 0; written < length; count++)
        {
            byte[] snapshot = Encoding.UTF8.GetBytes($$"""{{(count == 0 ? "" : ",")}}{"start_time":{{count}},"end_time":{{count + 1}},"regions":[{{regions}}]}""");
            packed.Write(snapshot);
            written += snapshot.Length;
        }

        packed.Write("]}]"u8);
        return count;
    }
}
