namespace Damon.Scenarios.Fleets;

/// <summary>One message as bytes: the number of its kind, which never changes its meaning, and its fields.</summary>
internal static class MessageCodec
{
    private const byte Measured = 1;
    private const byte Aggregated = 2;
    private const byte Request = 3;
    private const byte Grant = 4;
    private const byte Refusal = 5;
    private const byte Return = 6;

    public static void Write(BinaryWriter writer, FleetMessage message)
    {
        switch (message)
        {
            case MetricMeasured measured:
                writer.Write(Measured);
                writer.Write(measured.Value);
                break;
            case MetricAggregated aggregated:
                Write(writer, Aggregated, aggregated.Value);
                break;
            case PoolRequest request:
                Write(writer, Request, request.Bytes);
                break;
            case PoolGrant grant:
                Write(writer, Grant, grant.Bytes);
                break;
            case PoolRefusal:
                writer.Write(Refusal);
                break;
            case PoolReturn returned:
                Write(writer, Return, returned.Bytes);
                break;
            default:
                throw new ArgumentException($"{message.GetType().Name} has no form as bytes", nameof(message));
        }
    }

    public static FleetMessage Read(BinaryReader reader) => reader.ReadByte() switch
    {
        Measured => new MetricMeasured(reader.ReadDouble()),
        Aggregated => new MetricAggregated(ReadNumber(reader)),
        Request => new PoolRequest(ReadNumber(reader)),
        Grant => new PoolGrant(ReadNumber(reader)),
        Refusal => new PoolRefusal(),
        Return => new PoolReturn(ReadNumber(reader)),
        byte kind => throw new InvalidDataException($"mail holds a message of the unknown kind {kind}"),
    };

    private static void Write(BinaryWriter writer, byte kind, ulong number)
    {
        writer.Write(kind);
        writer.Write7BitEncodedInt64((long)number);
    }

    private static ulong ReadNumber(BinaryReader reader) => (ulong)reader.Read7BitEncodedInt64();
}
