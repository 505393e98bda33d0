using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Damon.Actors.Snapshots;

/// <summary>What stands before the compressed state: whose it is, and how to find out whether it is whole.</summary>
/// <param name="AtNs">Virtual time of the snapshot, ns.</param>
/// <param name="SettingsHash">Hash of the host's settings.</param>
/// <param name="StateLength">Length of the state, bytes.</param>
/// <param name="StoredLength">Length of the state as it is stored, bytes.</param>
/// <param name="StoredHash">Hash of the state as it is stored.</param>
/// <remarks>
/// All numbers are little-endian: magic (8 bytes), format (4), code version (16), hash of the settings (16), virtual time (8), length of
/// the state (4), length stored (4), hash of what is stored (16), hash of the header up to here (16).
/// </remarks>
internal sealed record SnapshotHeader(long AtNs, byte[] SettingsHash, int StateLength, int StoredLength, byte[] StoredHash)
{
    private const int HashLength = CodeVersion.Length;
    private const int HashedLength = 76;
    private const int Length = HashedLength + HashLength;
    private const uint Format = 1;

    private static ReadOnlySpan<byte> Magic => "DamonHst"u8;

    public static byte[] HashOf(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes)[..HashLength];

    public void Write(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Format);
        CodeVersion.Bytes.CopyTo(bytes[12..]);
        SettingsHash.CopyTo(bytes[28..]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[44..], AtNs);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[52..], StateLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[56..], StoredLength);
        StoredHash.CopyTo(bytes[60..]);
        HashOf(bytes[..HashedLength]).CopyTo(bytes[HashedLength..]);
        stream.Write(bytes);
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="SnapshotException">It is damaged, or was written by another build.</exception>
    public static SnapshotHeader Read(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[Length];
        int length = stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false);
        if (length < Length) throw new SnapshotException($"the snapshot is cut off: {length} bytes are there of the {Length} of its header");
        if (!bytes.StartsWith(Magic)) throw new SnapshotException("this is not the snapshot of a host");
        uint format = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (format != Format) throw new SnapshotException($"the snapshot has format {format}; this build reads format {Format}");
        if (!HashOf(bytes[..HashedLength]).AsSpan().SequenceEqual(bytes[HashedLength..]))
            throw new SnapshotException("the snapshot is damaged: its header does not fit its checksum");
        ReadOnlySpan<byte> version = bytes[12..28];
        if (!version.SequenceEqual(CodeVersion.Bytes))
        {
            throw new SnapshotException(
                $"the snapshot was written by the build {Convert.ToHexStringLower(version)} of the simulator; this is the build {CodeVersion.Current}");
        }

        return new SnapshotHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[44..]),
            bytes[28..44].ToArray(),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[52..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[56..]),
            bytes[60..76].ToArray());
    }
}
