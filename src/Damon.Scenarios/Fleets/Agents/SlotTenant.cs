namespace Damon.Scenarios.Fleets.Agents;

/// <summary>A tenant in a slot of its host: it waits for memory, or runs.</summary>
/// <param name="given">How it was given to the host.</param>
/// <param name="sinceUs">Since when it is what it is: waiting, or running; us.</param>
internal sealed class SlotTenant(AdmitTenant given, ulong sinceUs)
{
    /// <summary>How it was given to the host.</summary>
    public AdmitTenant Given { get; } = given;

    /// <summary>Whether it runs; else it waits for memory.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Since when it is what it is, us.</summary>
    public ulong SinceUs { get; private set; } = sinceUs;

    /// <summary>How many of its program's memory events are done.</summary>
    public int EventsDone { get; set; }

    /// <summary>It has its memory and runs from now on.</summary>
    public void Start(ulong nowUs) => (IsRunning, SinceUs) = (true, nowUs);

    /// <summary>For how long it has run by now, here and elsewhere, us.</summary>
    public ulong AgeUs(ulong nowUs) => Given.AgeUs + (IsRunning ? nowUs - SinceUs : 0);

    /// <summary>Writes a slot.</summary>
    public static void Save(BinaryWriter writer, SlotTenant? tenant)
    {
        writer.Write(tenant is not null);
        if (tenant is null) return;
        MessageCodec.Write(writer, tenant.Given);
        writer.Write(tenant.IsRunning);
        writer.Write(tenant.SinceUs);
        writer.Write7BitEncodedInt(tenant.EventsDone);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not of a slot.</exception>
    public static SlotTenant? Load(BinaryReader reader)
    {
        if (!reader.ReadBoolean()) return null;
        if (MessageCodec.Read(reader) is not AdmitTenant given) throw new InvalidDataException("a slot holds what is no tenant");
        bool isRunning = reader.ReadBoolean();
        return new SlotTenant(given, reader.ReadUInt64()) { IsRunning = isRunning, EventsDone = reader.Read7BitEncodedInt() };
    }
}
