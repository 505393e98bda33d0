using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Damon.Store.Sql;

/// <summary>
/// Checksum of a stored row: over its bytes and over what the row says they are, so that neither a changed byte nor a row in
/// another one's place goes unseen.
/// </summary>
internal static class Checksum
{
    /// <summary>The checksum, with the bits of a signed column.</summary>
    /// <param name="bytes">The row's bytes.</param>
    /// <param name="text">The row's texts.</param>
    /// <param name="numbers">The row's numbers: run, shard, window ...</param>
    public static long Of(ReadOnlyMemory<byte> bytes, ReadOnlySpan<string> text, params ReadOnlySpan<long> numbers)
    {
        XxHash3 hash = new();
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (long one in numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, one);
            hash.Append(number);
        }

        foreach (string one in text)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, one.Length);
            hash.Append(number);
            hash.Append(MemoryMarshal.AsBytes(one.AsSpan()));
        }

        hash.Append(bytes.Span);
        return unchecked((long)hash.GetCurrentHashAsUInt64());
    }

    /// <summary>Refuses a row whose stored checksum is another one.</summary>
    /// <exception cref="StoreException">The stored bytes are not those that were written.</exception>
    public static void Check(long stored, long computed, string what)
    {
        if (stored != computed)
        {
            throw new StoreException(
                StoreFault.Corrupt, $"{what}: the stored bytes are not those that were written (checksum {stored:x16}, found {computed:x16})");
        }
    }
}
