namespace Damon.Store.Shards;

/// <summary>Rows of one result table of one shard over a range of windows, as columns.</summary>
/// <param name="Table">Name of the result table: 1..63 letters, digits, <c>_</c>, <c>-</c>, <c>.</c>.</param>
/// <param name="First">First window of the range; a shard has one chunk per table and first window.</param>
/// <param name="Last">Last window of the range.</param>
/// <param name="Digest">The writer's hash of the bytes.</param>
/// <param name="Bytes">The columns; the store does not look into them.</param>
public sealed record ResultChunk(string Table, Window First, Window Last, Digest Digest, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether a text can name a result table.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}

/// <summary>A stored chunk with its shard.</summary>
/// <param name="Shard">The shard's number.</param>
/// <param name="Chunk">The chunk.</param>
public sealed record ShardResult(int Shard, ResultChunk Chunk);

/// <summary>Which chunks of a run to read.</summary>
/// <param name="Table">Only this table; null: all.</param>
/// <param name="Shard">Only this shard; null: all.</param>
public sealed record ResultSelection(string? Table = null, int? Shard = null);
