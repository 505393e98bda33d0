using System.Collections.Immutable;
using Damon.Scenarios.Fleets;

namespace Damon.Scenarios.Results.Columns;

/// <summary>The readings of a member that belongs to all hosts, in a stretch of a run.</summary>
/// <param name="Member">Index of the member in the fleet.</param>
/// <param name="Readings">The readings, in the order of time.</param>
public sealed record FleetReadings(int Member, ImmutableArray<FleetReading> Readings);

/// <summary>What members that belong to all hosts reported in a stretch of a run, as bytes.</summary>
public static class FleetChunk
{
    /// <summary>Name of the table of results that such chunks make up.</summary>
    public const string Table = "fleet";

    private static ReadOnlySpan<byte> Kind => "DmF1"u8;

    /// <summary>Writes a chunk.</summary>
    public static byte[] Write(IReadOnlyList<FleetReadings> members) => ChunkBytes.Pack(Kind, writer =>
    {
        writer.Write7BitEncodedInt(members.Count);
        foreach (FleetReadings member in members)
        {
            writer.Write7BitEncodedInt(member.Member);
            writer.Write7BitEncodedInt(member.Readings.Length);
            foreach (FleetReading reading in member.Readings) Write(writer, reading);
        }
    });

    /// <summary>Reads a chunk, to the same bits as were written.</summary>
    /// <exception cref="ChunkException">It is damaged, or no chunk of such readings.</exception>
    public static ImmutableArray<FleetReadings> Read(ReadOnlySpan<byte> chunk) => ChunkBytes.Unpack(Kind, chunk, reader =>
    {
        var members = ImmutableArray.CreateBuilder<FleetReadings>();
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            int member = reader.Read7BitEncodedInt();
            var readings = ImmutableArray.CreateBuilder<FleetReading>(reader.Read7BitEncodedInt());
            while (readings.Count < readings.Capacity) readings.Add(Read(reader));
            members.Add(new FleetReadings(member, readings.MoveToImmutable()));
        }

        return members.ToImmutable();
    });

    private static void Write(BinaryWriter writer, FleetReading reading)
    {
        writer.Write(reading.AtUs);
        writer.Write(reading.Note is not null);
        writer.Write(reading.Note ?? "");
        writer.Write7BitEncodedInt(reading.Values.Length);
        foreach (double value in reading.Values) writer.Write(value);
    }

    private static FleetReading Read(BinaryReader reader)
    {
        ulong atUs = reader.ReadUInt64();
        bool hasNote = reader.ReadBoolean();
        string note = reader.ReadString();
        double[] values = new double[reader.Read7BitEncodedInt()];
        for (int i = 0; i < values.Length; i++) values[i] = reader.ReadDouble();
        return new FleetReading(atUs, [.. values], hasNote ? note : null);
    }
}
