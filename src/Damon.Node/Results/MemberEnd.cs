using System.Collections.Immutable;
using Damon.Store.Shards;

namespace Damon.Node.Results;

/// <summary>A member at the end of its run, as the run's digest sees it.</summary>
/// <param name="Member">Its index in the fleet.</param>
/// <param name="StateHash">The hash of its state; null: it failed.</param>
/// <param name="ResultsHash">The hash of all that it reported.</param>
internal readonly record struct MemberEnd(int Member, ulong? StateHash, ulong ResultsHash)
{
    /// <summary>The result table of members' ends.</summary>
    public const string Table = "members";

    /// <summary>The ends of a shard's members as the bytes of a chunk.</summary>
    public static byte[] Write(ImmutableArray<MemberEnd> ends)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        foreach (MemberEnd end in ends)
        {
            writer.Write(end.Member);
            writer.Write(end.StateHash.HasValue);
            writer.Write(end.StateHash ?? 0);
            writer.Write(end.ResultsHash);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a chunk.</summary>
    public static IEnumerable<MemberEnd> Read(ResultChunk chunk)
    {
        using BinaryReader reader = new(new MemoryStream(chunk.Bytes.ToArray()));
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            int member = reader.ReadInt32();
            bool hasState = reader.ReadBoolean();
            ulong state = reader.ReadUInt64();
            yield return new MemberEnd(member, hasState ? state : null, reader.ReadUInt64());
        }
    }
}
