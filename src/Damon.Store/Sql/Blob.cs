using System.Runtime.InteropServices;

namespace Damon.Store.Sql;

/// <summary>Bytes as the database drivers take them.</summary>
internal static class Blob
{
    /// <summary>The bytes as an array of their own; no copy where they are one already.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> part) && part.Offset == 0 && part.Count == part.Array!.Length
            ? part.Array
            : bytes.ToArray();
}
