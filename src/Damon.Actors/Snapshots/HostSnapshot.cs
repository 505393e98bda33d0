using System.IO.Compression;
using Damon.Actors.Hosts;

namespace Damon.Actors.Snapshots;

/// <summary>
/// The state of a whole host, written and read: all objects that can be reached from it, except for its settings. What is an object's
/// state is found out by looking at its fields, so that none can be forgotten.
/// </summary>
internal static class HostSnapshot
{
    // The lowest quality: what is left to compress is nearly without pattern, and time counts for more.
    private const int Quality = 1;
    private const int Window = 22;

    public static void Write(SimulatedHost host, HostSettings settings, Stream stream)
    {
        SettingsTable table = new(settings);
        StateWriter state = new(table);
        state.WriteAll(host);
        ReadOnlySpan<byte> bytes = state.Payload.Written;
        byte[] stored = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        if (!BrotliEncoder.TryCompress(bytes, stored, out int length, Quality, Window))
            throw new SnapshotException("the state could not be compressed");
        ReadOnlySpan<byte> used = stored.AsSpan(0, length);
        new SnapshotHeader(host.World.Now.Nanoseconds, table.Hash, bytes.Length, length, SnapshotHeader.HashOf(used)).Write(stream);
        stream.Write(used);
    }

    public static SimulatedHost Read(Stream stream, HostSettings settings)
    {
        SnapshotHeader header = SnapshotHeader.Read(stream);
        SettingsTable table = new(settings);
        if (!header.SettingsHash.AsSpan().SequenceEqual(table.Hash))
            throw new SnapshotException($"the snapshot belongs to other settings than those of host '{settings.Name}' given here");
        ObjectReader state = new(new PayloadReader(ReadState(stream, header)), table);
        return state.ReadAll<SimulatedHost>();
    }

    private static byte[] ReadState(Stream stream, SnapshotHeader header)
    {
        byte[] stored = new byte[header.StoredLength];
        int length = stream.ReadAtLeast(stored, stored.Length, throwOnEndOfStream: false);
        if (length < stored.Length) throw new SnapshotException($"the snapshot is cut off: {length} bytes are there of the {stored.Length} of its state");
        if (!SnapshotHeader.HashOf(stored).AsSpan().SequenceEqual(header.StoredHash))
            throw new SnapshotException("the snapshot is damaged: its state does not fit its checksum");
        byte[] state = new byte[header.StateLength];
        return BrotliDecoder.TryDecompress(stored, state, out int written) && written == state.Length
            ? state
            : throw PayloadReader.Inconsistent();
    }
}
