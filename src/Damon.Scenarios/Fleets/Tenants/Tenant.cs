namespace Damon.Scenarios.Fleets.Tenants;

/// <summary>Where a tenant of a fleet is in its life.</summary>
public enum TenantPhase : byte
{
    /// <summary>It waits for a place.</summary>
    Waiting,

    /// <summary>A slot is kept for it, and its host was told.</summary>
    Arriving,

    /// <summary>It runs in its slot.</summary>
    Running,

    /// <summary>It was told to leave its slot; the one that it moves to is kept for it as well.</summary>
    Leaving,
}

/// <summary>A tenant that has come to the fleet and is not gone.</summary>
/// <param name="number">How many came before it.</param>
/// <param name="kind">Index of its kind.</param>
/// <param name="lifetimeUs">For how long it runs in all, us.</param>
public sealed class Tenant(long number, int kind, ulong lifetimeUs)
{
    /// <summary>How many came before it.</summary>
    public long Number { get; } = number;

    /// <summary>Index of its kind.</summary>
    public int Kind { get; } = kind;

    /// <summary>For how long it runs in all, us.</summary>
    public ulong LifetimeUs { get; } = lifetimeUs;

    /// <summary>Where it is in its life.</summary>
    public TenantPhase Phase { get; internal set; }

    /// <summary>For how long it has run on the hosts that it has left, us.</summary>
    public ulong AgeUs { get; internal set; }

    /// <summary>The slot that it is in, or arriving at; null: it waits.</summary>
    public SlotAddress? Place { get; internal set; }

    /// <summary>The slot that it moves to; null: it does not move.</summary>
    public SlotAddress? Next { get; internal set; }

    /// <summary>Since when it waits, us; of one that runs, until when it is not moved.</summary>
    public ulong SinceUs { get; internal set; }

    /// <summary>The slowdown that it felt last, bp; 0: none was told.</summary>
    public ulong SlowdownBp { get; internal set; }

    internal void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(Number);
        writer.Write7BitEncodedInt(Kind);
        writer.Write(LifetimeUs);
        writer.Write((byte)Phase);
        writer.Write(AgeUs);
        Save(writer, Place);
        Save(writer, Next);
        writer.Write(SinceUs);
        writer.Write(SlowdownBp);
    }

    internal static Tenant Load(BinaryReader reader) => new(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt(), reader.ReadUInt64())
    {
        Phase = (TenantPhase)reader.ReadByte(),
        AgeUs = reader.ReadUInt64(),
        Place = LoadAddress(reader),
        Next = LoadAddress(reader),
        SinceUs = reader.ReadUInt64(),
        SlowdownBp = reader.ReadUInt64(),
    };

    private static void Save(BinaryWriter writer, SlotAddress? address)
    {
        writer.Write7BitEncodedInt(address is { } there ? there.Host + 1 : 0);
        writer.Write7BitEncodedInt(address?.Slot ?? 0);
    }

    private static SlotAddress? LoadAddress(BinaryReader reader)
    {
        (int host, int slot) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        return host > 0 ? new SlotAddress(host - 1, slot) : null;
    }
}
