namespace Damon.Scenarios.Fleets;

/// <summary>One message as bytes: the number of its kind, which never changes its meaning, and its fields.</summary>
internal static class MessageCodec
{
    private const byte Measured = 1;
    private const byte Aggregated = 2;

    public static void Write(BinaryWriter writer, FleetMessage message)
    {
        switch (message)
        {
            case MetricMeasured measured:
                writer.Write(Measured);
                writer.Write(measured.Value);
                break;
            case MetricAggregated aggregated:
                writer.Write(Aggregated);
                writer.Write7BitEncodedInt64((long)aggregated.Value);
                break;
            default:
                throw new ArgumentException($"{message.GetType().Name} has no form as bytes", nameof(message));
        }
    }

    public static FleetMessage Read(BinaryReader reader) => reader.ReadByte() switch
    {
        Measured => new MetricMeasured(reader.ReadDouble()),
        Aggregated => new MetricAggregated((ulong)reader.Read7BitEncodedInt64()),
        byte kind => throw new InvalidDataException($"mail holds a message of the unknown kind {kind}"),
    };
}
