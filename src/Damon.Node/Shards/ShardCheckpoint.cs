using System.Collections.Immutable;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>A shard's state as bytes: its digest and each of its members, in order.</summary>
internal static class ShardCheckpoint
{
    private const string Codec = "shard-1";

    public static Checkpoint Write(HeldShard shard)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(shard.Digest.Hash.Value);
        writer.Write7BitEncodedInt(shard.Members.Length);
        foreach (FleetMember member in shard.Members) member.Save(writer);
        writer.Flush();
        return new Checkpoint(shard.Done, Codec, shard.Digest.Value, stream.ToArray());
    }

    /// <summary>The members at a checkpoint, and the digest there.</summary>
    /// <exception cref="ShardException">The bytes are not such a state.</exception>
    public static (ImmutableArray<FleetMember> Members, ShardDigest Digest) Read(RunContext context, ShardId id, Checkpoint checkpoint)
    {
        if (checkpoint.Codec != Codec)
            throw new ShardException(id, checkpoint.Window, $"the checkpoint is written as '{checkpoint.Codec}', this version reads '{Codec}'");
        try
        {
            using BinaryReader reader = new(new MemoryStream(checkpoint.Bytes.ToArray()));
            ShardDigest digest = new(new RunningHash(reader.ReadUInt64()));
            ImmutableArray<int> indices = context.Map.MembersOf(id.Index);
            int count = reader.Read7BitEncodedInt();
            if (count != indices.Length) throw new InvalidDataException($"it holds {count} members, the shard has {indices.Length}");
            return ([.. indices.Select(index => Load(context.Fleet.Member(index), reader))], digest);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ShardException(id, checkpoint.Window, $"the checkpoint cannot be read: {broken.Message}");
        }
    }

    private static FleetMember Load(FleetMember member, BinaryReader reader)
    {
        member.Load(reader);
        return member;
    }
}
