using System.Collections.Immutable;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Results.Columns;

/// <summary>The end of a host of a run.</summary>
/// <param name="Host">Index of the host in the scenario.</param>
/// <param name="Ending">What is known of it only then.</param>
public sealed record HostEnd(int Host, HostEnding Ending);

/// <summary>The ends of some hosts of a run, as bytes.</summary>
public static class EndingChunk
{
    /// <summary>Name of the table of results that such chunks make up.</summary>
    public const string Table = "endings";

    private static ReadOnlySpan<byte> Kind => "DmE2"u8;

    /// <summary>Writes a chunk.</summary>
    public static byte[] Write(IReadOnlyList<HostEnd> ends) => ChunkBytes.Pack(Kind, writer => Write(writer, ends, (to, end) =>
    {
        to.Write7BitEncodedInt(end.Host);
        Write(to, end.Ending);
    }));

    /// <summary>Reads a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="scenario">What was run.</param>
    /// <exception cref="ChunkException">It is damaged, no chunk of endings, or of another scenario.</exception>
    public static ImmutableArray<HostEnd> Read(ReadOnlySpan<byte> chunk, Scenario scenario) => ChunkBytes.Unpack(Kind, chunk, reader => ReadAll(reader, from =>
    {
        int host = from.Read7BitEncodedInt();
        if (host >= scenario.Hosts.Length)
            throw new ChunkException($"the chunk of results holds host {host}, and the scenario has {scenario.Hosts.Length} hosts");
        return new HostEnd(host, ReadEnding(from, scenario.Hosts[host]));
    }));

    /// <summary>All that an end says, as bytes to be hashed.</summary>
    internal static byte[] Content(HostEnding ending)
    {
        using MemoryStream content = new();
        using (BinaryWriter writer = new(content)) Write(writer, ending);
        return content.ToArray();
    }

    private static void Write(BinaryWriter writer, HostEnding ending)
    {
        Write(writer, ending.StateHash);
        writer.Write(ending.Failure is not null);
        writer.Write(ending.Failure ?? "");
        writer.Write(ending.IsInterrupted);
        Write(writer, ending.Refusals, (to, refusal) => to.Write(refusal));
        Write(writer, ending.Log, (to, line) => to.Write(line));
        Write(writer, ending.Periods, Write);
    }

    private static HostEnding ReadEnding(BinaryReader reader, HostPlan plan)
    {
        ulong? stateHash = ReadOptional(reader);
        bool hasFailed = reader.ReadBoolean();
        string failure = reader.ReadString();
        bool isInterrupted = reader.ReadBoolean();
        return new HostEnding(stateHash, hasFailed ? failure : null, ReadAll(reader, from => from.ReadString()))
        {
            IsInterrupted = isInterrupted,
            Log = ReadAll(reader, from => from.ReadString()),
            Periods = ReadAll(reader, from => ReadPeriod(from, plan)),
        };
    }

    private static void Write(BinaryWriter writer, Period period)
    {
        writer.Write(period.FromUs);
        writer.Write(period.ToUs);
        writer.Write(period.MigratedBytes);
        Write(writer, period.LastMigrationUs);
        foreach (ProcessPeriod process in period.Processes) Write(writer, process);
        Write(writer, period.Nodes, (to, node) => to.Write(node.BytesPerSecond));
    }

    private static Period ReadPeriod(BinaryReader reader, HostPlan plan) => new(
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        ReadOptional(reader),
        [.. plan.Followed.Select(process => ReadProcess(reader, process))],
        [.. ReadAll(reader, from => from.ReadDouble()).Select((bytesPerSecond, node) => new NodePeriod(plan.Memory(node), bytesPerSecond))]);

    private static void Write(BinaryWriter writer, ProcessPeriod process)
    {
        writer.Write(process.MovedBytes);
        writer.Write(process.MovedFolios);
        writer.Write(process.MovedAgain);
        Write(writer, process.HotBytesByNode, (to, bytes) => to.Write(bytes));
        Write(writer, process.Weights, (to, weight) => to.Write(weight));
    }

    private static ProcessPeriod ReadProcess(BinaryReader reader, FollowedProcess process) => new(
        process,
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        ReadAll(reader, from => from.ReadUInt64()),
        ReadAll(reader, from => from.ReadUInt64()));

    private static void Write(BinaryWriter writer, ulong? number)
    {
        writer.Write(number.HasValue);
        writer.Write(number ?? 0);
    }

    private static ulong? ReadOptional(BinaryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        ulong number = reader.ReadUInt64();
        return isThere ? number : null;
    }

    private static void Write<T>(BinaryWriter writer, IReadOnlyList<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write7BitEncodedInt(items.Count);
        foreach (T item in items) write(writer, item);
    }

    private static ImmutableArray<T> ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>(reader.Read7BitEncodedInt());
        for (int left = items.Capacity; left > 0; left--) items.Add(read(reader));
        return items.MoveToImmutable();
    }
}
