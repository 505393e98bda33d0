using System.Collections.Immutable;

namespace Damon.Scenarios.Fleets;

/// <summary>
/// Mail as bytes: the same mail in the same order gives the same bytes on any machine. Whole numbers take as few bytes as they
/// need, seven bits each.
/// </summary>
public static class MailCodec
{
    private const byte Version = 1;
    private const int MostMails = 100_000_000;

    /// <summary>Packs mail.</summary>
    public static byte[] Encode(IReadOnlyCollection<FleetMail> mails)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(Version);
        writer.Write7BitEncodedInt(mails.Count);
        foreach (FleetMail mail in mails) Write(writer, mail);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Unpacks mail.</summary>
    /// <exception cref="InvalidDataException">The bytes are no packed mail.</exception>
    public static ImmutableArray<FleetMail> Decode(ReadOnlySpan<byte> bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes.ToArray()));
        try
        {
            if (reader.ReadByte() != Version) throw new InvalidDataException("the mail is of another version");
            int count = reader.Read7BitEncodedInt();
            if (count is < 0 or > MostMails) throw new InvalidDataException($"the mail would hold {count} packets");
            var mails = ImmutableArray.CreateBuilder<FleetMail>();
            for (int i = 0; i < count; i++) mails.Add(Read(reader));
            return reader.BaseStream.Position == reader.BaseStream.Length
                ? mails.ToImmutable()
                : throw new InvalidDataException("the mail goes on behind its last packet");
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("the bytes are no packed mail", broken);
        }
    }

    /// <summary>A digest of packed mail, by which a replay is held against what was sent first.</summary>
    public static ulong Digest(ReadOnlySpan<byte> packed) => default(RunningHash).Add(packed).Value;

    internal static void Write(BinaryWriter writer, FleetMail mail)
    {
        writer.Write7BitEncodedInt(mail.From);
        writer.Write7BitEncodedInt(mail.To);
        writer.Write7BitEncodedInt64((long)mail.DeliverUs);
        writer.Write7BitEncodedInt64((long)mail.Sequence);
        MessageCodec.Write(writer, mail.Message);
    }

    internal static FleetMail Read(BinaryReader reader) => new(
        reader.Read7BitEncodedInt(),
        reader.Read7BitEncodedInt(),
        (ulong)reader.Read7BitEncodedInt64(),
        (ulong)reader.Read7BitEncodedInt64(),
        MessageCodec.Read(reader));
}
