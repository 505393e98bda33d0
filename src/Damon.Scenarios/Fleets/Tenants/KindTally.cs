namespace Damon.Scenarios.Fleets.Tenants;

/// <summary>What became of the tenants of one kind so far.</summary>
public sealed class KindTally
{
    /// <summary>How many came.</summary>
    public long Arrived { get; internal set; }

    /// <summary>How many lived their time.</summary>
    public long Finished { get; internal set; }

    /// <summary>How many never got a place, or none again.</summary>
    public long Refused { get; internal set; }

    /// <summary>How often one of them left its host for another.</summary>
    public long Moves { get; internal set; }

    /// <summary>What they feel, each as often as its host told.</summary>
    public SlowdownHistogram Slowdowns { get; } = new();

    internal void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(Arrived);
        writer.Write7BitEncodedInt64(Finished);
        writer.Write7BitEncodedInt64(Refused);
        writer.Write7BitEncodedInt64(Moves);
        Slowdowns.Save(writer);
    }

    internal void Load(BinaryReader reader)
    {
        Arrived = reader.Read7BitEncodedInt64();
        Finished = reader.Read7BitEncodedInt64();
        Refused = reader.Read7BitEncodedInt64();
        Moves = reader.Read7BitEncodedInt64();
        Slowdowns.Load(reader);
    }
}
