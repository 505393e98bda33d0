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
    private const byte Admit = 7;
    private const byte Evict = 8;
    private const byte Arrived = 9;
    private const byte Refused = 10;
    private const byte Left = 11;
    private const byte Finished = 12;
    private const byte Felt = 13;
    private const byte Drained = 14;

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
            case AdmitTenant admit:
                Write(writer, Admit, (ulong)admit.Tenant, (ulong)admit.Kind, (ulong)admit.Slot, admit.AgeUs, admit.LifetimeUs);
                break;
            case EvictTenant evict:
                Write(writer, Evict, (ulong)evict.Tenant, (ulong)evict.Slot);
                break;
            case TenantArrived arrived:
                Write(writer, Arrived, (ulong)arrived.Tenant);
                break;
            case TenantRefused refused:
                Write(writer, Refused, (ulong)refused.Tenant);
                break;
            case TenantLeft left:
                Write(writer, Left, (ulong)left.Tenant, left.AgeUs);
                break;
            case TenantFinished finished:
                Write(writer, Finished, (ulong)finished.Tenant);
                break;
            case HostDrained drained:
                Write(writer, Drained, drained.ForUs);
                break;
            case HostFelt felt:
                Write(writer, felt);
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
        Admit => new AdmitTenant((long)ReadNumber(reader), (int)ReadNumber(reader), (int)ReadNumber(reader), ReadNumber(reader), ReadNumber(reader)),
        Evict => new EvictTenant((long)ReadNumber(reader), (int)ReadNumber(reader)),
        Arrived => new TenantArrived((long)ReadNumber(reader)),
        Refused => new TenantRefused((long)ReadNumber(reader)),
        Left => new TenantLeft((long)ReadNumber(reader), ReadNumber(reader)),
        Finished => new TenantFinished((long)ReadNumber(reader)),
        Felt => ReadFelt(reader),
        Drained => new HostDrained(ReadNumber(reader)),
        byte kind => throw new InvalidDataException($"mail holds a message of the unknown kind {kind}"),
    };

    private static void Write(BinaryWriter writer, byte kind, params ReadOnlySpan<ulong> numbers)
    {
        writer.Write(kind);
        foreach (ulong number in numbers) writer.Write7BitEncodedInt64((long)number);
    }

    private static void Write(BinaryWriter writer, HostFelt felt)
    {
        writer.Write(Felt);
        writer.Write(felt.Pressure);
        writer.Write7BitEncodedInt(felt.Tenants.Length);
        foreach (TenantFeeling tenant in felt.Tenants)
        {
            writer.Write7BitEncodedInt64(tenant.Tenant);
            writer.Write7BitEncodedInt64((long)tenant.SlowdownBp);
        }
    }

    private static HostFelt ReadFelt(BinaryReader reader)
    {
        double pressure = reader.ReadDouble();
        List<TenantFeeling> tenants = [];
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--) tenants.Add(new TenantFeeling((long)ReadNumber(reader), ReadNumber(reader)));
        return new HostFelt(pressure, [.. tenants]);
    }

    private static ulong ReadNumber(BinaryReader reader) => (ulong)reader.Read7BitEncodedInt64();
}
