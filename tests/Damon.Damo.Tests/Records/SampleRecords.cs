using Damon.Damo.Document;
using Damon.Damo.Records;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Records;

/// <summary>The sample records and random ones.</summary>
internal static class SampleRecords
{
    internal static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "records", name);

    internal static RecordFile Open(string name) => RecordFile.Open(Path(name));

    internal static RecordFile Read(byte[] bytes) => RecordFile.Open(() => new MemoryStream(bytes), "memory");

    internal static RecordFile Read(string text) => Read(System.Text.Encoding.UTF8.GetBytes(text));

    internal static Gen<AccessSnapshot> Snapshot { get; } =
        from start in Gen.Choose(0, 1_000_000)
        from length in Gen.Choose(0, 1_000_000)
        from first in Gen.Choose(0, int.MaxValue)
        from parts in Region.ListOf()
        from probes in Gen.Choose(0, 2)
        from tuned in Gen.Choose(0, 3)
        from counts in Gen.Choose(0, int.MaxValue).ArrayOf(9)
        select new AccessSnapshot(start, (long)start + length, Place((ulong)first << 20, parts))
        {
            ProbeHits = Enumerable.Range(0, probes * parts.Count).Select(i => (long)i * i).ToSequence(),
            Statistics = tuned == 1 ? Statistics(counts) : null,
            SampleIntervalUs = tuned > 1 ? counts[8] : null,
        };

    private static Gen<(int Gap, int Size, int Samples, int Age, int Passed)> Region =>
        from gap in Gen.Choose(0, 2)
        from size in Gen.Choose(1, int.MaxValue)
        from samples in Gen.Choose(0, 20)
        from age in Gen.Choose(0, 100_000)
        from passed in Gen.Choose(0, size)
        select (gap, size, samples, age, passed);

    private static IEnumerable<RecordedRegion> Place(ulong address, IEnumerable<(int Gap, int Size, int Samples, int Age, int Passed)> parts)
    {
        foreach ((int gap, int size, int samples, int age, int passed) in parts)
        {
            address += (ulong)gap * 4096;
            yield return new(address, address + (ulong)size, samples, age, (ulong)passed);
            address += (ulong)size;
        }
    }

    private static DamosStatistics Statistics(int[] c) =>
        new((ulong)c[0], (ulong)c[1], (ulong)c[2], (ulong)c[3], (ulong)c[4], (ulong)c[5], (ulong)c[6], (ulong)c[7]);
}
