using System.IO.Compression;
using System.Security.Cryptography;

namespace Damon.Scenarios.Results.Columns;

/// <summary>The outside of a chunk of results: its kind, a checksum, and the compressed content.</summary>
internal static class ChunkBytes
{
    private const int HashLength = 16;
    private const int HeaderLength = 4 + HashLength;
    // The quickest: every window of every shard waits for its chunks.
    private const int Quality = 1;
    private const int Window = 20;
    private const int LongestContent = 1 << 30;

    /// <summary>Packs what is written.</summary>
    /// <param name="kind">Four letters.</param>
    /// <param name="write">Writes the content.</param>
    public static byte[] Pack(ReadOnlySpan<byte> kind, Action<BinaryWriter> write)
    {
        using MemoryStream content = new();
        using (BinaryWriter writer = new(content)) write(writer);
        byte[] plain = content.ToArray();
        byte[] packed = new byte[HeaderLength + sizeof(int) + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        kind.CopyTo(packed);
        BitConverter.TryWriteBytes(packed.AsSpan(HeaderLength), plain.Length);
        if (!BrotliEncoder.TryCompress(plain, packed.AsSpan(HeaderLength + sizeof(int)), out int length, Quality, Window))
            throw new ChunkException("the results could not be compressed");
        Array.Resize(ref packed, HeaderLength + sizeof(int) + length);
        HashOf(packed).CopyTo(packed, kind.Length);
        return packed;
    }

    /// <summary>Unpacks a chunk.</summary>
    /// <param name="kind">Four letters.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="read">Reads the content.</param>
    /// <exception cref="ChunkException">It is damaged, or of another kind.</exception>
    public static T Unpack<T>(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> chunk, Func<BinaryReader, T> read)
    {
        if (chunk.Length < HeaderLength + sizeof(int)) throw new ChunkException($"the chunk of results is cut off: it has {chunk.Length} bytes");
        if (!chunk.StartsWith(kind)) throw new ChunkException("the chunk of results is of another kind than the one that is asked for");
        if (!HashOf(chunk).AsSpan().SequenceEqual(chunk[kind.Length..HeaderLength]))
            throw new ChunkException("the chunk of results is damaged: it does not fit its checksum");
        int length = BitConverter.ToInt32(chunk[HeaderLength..]);
        byte[] plain = new byte[Math.Clamp(length, 0, LongestContent)];
        if (!BrotliDecoder.TryDecompress(chunk[(HeaderLength + sizeof(int))..], plain, out int written) || written != length)
            throw new ChunkException("the chunk of results cannot be decompressed");
        try
        {
            using BinaryReader reader = new(new MemoryStream(plain));
            return read(reader);
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new ChunkException("the chunk of results contradicts itself", error);
        }
    }

    private static byte[] HashOf(ReadOnlySpan<byte> chunk) => SHA256.HashData(chunk[HeaderLength..])[..HashLength];
}
