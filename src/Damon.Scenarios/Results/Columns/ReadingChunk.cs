using System.Collections.Immutable;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Results.Columns;

/// <summary>The readings of a host in a stretch of a run.</summary>
/// <param name="Host">Index of the host in the scenario.</param>
/// <param name="Samples">The readings, in the order of time.</param>
public sealed record HostReadings(int Host, ImmutableArray<HostSample> Samples);

/// <summary>
/// Readings of some hosts in a stretch of a run, as bytes: quantity by quantity, each with its course over time. Whoever has the chunks
/// of all stretches and the scenario has the whole run.
/// </summary>
public static class ReadingChunk
{
    /// <summary>Name of the table of results that such chunks make up.</summary>
    public const string Table = "readings";

    private static ReadOnlySpan<byte> Kind => "DmR1"u8;

    /// <summary>Writes a chunk.</summary>
    public static byte[] Write(IReadOnlyList<HostReadings> readings) => ChunkBytes.Pack(Kind, writer =>
    {
        CourseWriter courses = new();
        writer.Write7BitEncodedInt(readings.Count);
        for (int place = 0; place < readings.Count; place++)
        {
            writer.Write7BitEncodedInt(readings[place].Host);
            writer.Write7BitEncodedInt(readings[place].Samples.Length);
            foreach (HostSample sample in readings[place].Samples)
            {
                courses.Begin(place);
                ReadingShape.Describe(courses, sample);
            }
        }

        courses.Write(writer);
    });

    /// <summary>Reads a chunk, to the same bits as were written.</summary>
    /// <exception cref="ChunkException">It is damaged, or no chunk of readings.</exception>
    public static ImmutableArray<HostReadings> Read(ReadOnlySpan<byte> chunk) => ChunkBytes.Unpack(Kind, chunk, reader =>
    {
        (int Host, int Count)[] hosts = new (int, int)[reader.Read7BitEncodedInt()];
        for (int i = 0; i < hosts.Length; i++) hosts[i] = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        CourseReader courses = new(reader, hosts.Length);
        var readings = ImmutableArray.CreateBuilder<HostReadings>(hosts.Length);
        for (int place = 0; place < hosts.Length; place++)
        {
            var samples = ImmutableArray.CreateBuilder<HostSample>(hosts[place].Count);
            while (samples.Count < samples.Capacity)
            {
                courses.Begin(place);
                samples.Add(ReadingShape.Describe(courses, ReadingShape.Blank));
            }

            readings.Add(new HostReadings(hosts[place].Host, samples.MoveToImmutable()));
        }

        return courses.IsTaken ? readings.MoveToImmutable() : throw new ChunkException("the chunk of results holds more than its readings");
    });
}
