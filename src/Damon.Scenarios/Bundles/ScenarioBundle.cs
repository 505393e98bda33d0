using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Damon.Hocon;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Bundles;

/// <summary>
/// A scenario with every file that it includes or refers to, as they were when it was read: what a run keeps, and what it is
/// sent to other machines as. Reading a bundle opens no file; the names in it are only names.
/// </summary>
public sealed class ScenarioBundle
{
    /// <summary>The largest bundle that is read, bytes.</summary>
    public const int LargestBytes = 64 << 20;

    private const int MostFiles = 10_000;
    private const string Magic = "damon-bundle-1";

    private readonly byte[] _bytes;

    private ScenarioBundle(string name, RunOverrides overrides, ImmutableSortedDictionary<string, byte[]> files)
    {
        Name = name;
        Overrides = overrides;
        Files = files;
        _bytes = Write();
        Hash = Convert.ToHexStringLower(SHA256.HashData(_bytes));
    }

    /// <summary>The name of the scenario's own file.</summary>
    public string Name { get; }

    /// <summary>What the command line said instead of the file.</summary>
    public RunOverrides Overrides { get; }

    /// <summary>What is in the files, by name; names are relative to the scenario's folder, unless it says a whole path itself.</summary>
    public ImmutableSortedDictionary<string, byte[]> Files { get; }

    /// <summary>SHA-256 of the bytes, 64 hex digits: equal exactly for equal names, contents and overrides.</summary>
    public string Hash { get; }

    /// <summary>The bundle as bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a scenario from the disk and keeps all that was read.</summary>
    /// <param name="path">The scenario's file.</param>
    /// <param name="overrides">What the command line says instead; null: nothing.</param>
    /// <returns>The bundle and the scenario that it holds.</returns>
    /// <exception cref="HoconException">As for <see cref="ScenarioReader.Load"/>.</exception>
    public static (ScenarioBundle Bundle, Scenario Scenario) Capture(string path, RunOverrides? overrides = null) =>
        Capture(path, overrides ?? RunOverrides.None, HoconFiles.Disk);

    /// <summary>The same of a scenario that is no file itself, such as one around a pasted command.</summary>
    /// <param name="text">The scenario.</param>
    /// <param name="name">Its name, which no file has.</param>
    /// <param name="overrides">What the command line says instead; null: nothing.</param>
    /// <exception cref="HoconException">As for <see cref="ScenarioReader.Load"/>.</exception>
    public static (ScenarioBundle Bundle, Scenario Scenario) CaptureText(string text, string name, RunOverrides? overrides = null) =>
        Capture(name, overrides ?? RunOverrides.None, new TextOverDisk(name, text));

    /// <summary>A bundle of given texts; nothing else is opened.</summary>
    /// <param name="name">The name of the scenario's own text.</param>
    /// <param name="files">The texts by name.</param>
    /// <param name="overrides">What holds instead of the scenario; null: nothing.</param>
    /// <exception cref="HoconException">They do not make a scenario.</exception>
    public static (ScenarioBundle Bundle, Scenario Scenario) Of(string name, IReadOnlyDictionary<string, string> files, RunOverrides? overrides = null) =>
        Capture(name, overrides ?? RunOverrides.None, new BundledFiles(files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value))));

    /// <summary>Reads back a bundle.</summary>
    /// <exception cref="BundleException">The bytes are none.</exception>
    public static ScenarioBundle FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestBytes) throw new BundleException($"the bundle has {bytes.Length} bytes, allowed: at most {LargestBytes}");
        try
        {
            using BinaryReader reader = new(new MemoryStream(bytes.ToArray()), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(reader);
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException or ArgumentException or IOException)
        {
            throw new BundleException("the bytes are no bundle of a scenario: they end early or hold no name where one belongs");
        }
    }

    /// <summary>The scenario: the same as at its capture, on any machine.</summary>
    /// <exception cref="HoconException">The bundle's own files do not make one.</exception>
    public Scenario Read() => ScenarioReader.Load(Name, Overrides, new BundledFiles(Files));

    private static (ScenarioBundle Bundle, Scenario Scenario) Capture(string path, RunOverrides overrides, HoconFiles files)
    {
        CapturingFiles capture = new(files, path);
        Scenario scenario = ScenarioReader.Load(path, overrides, capture);
        return (new ScenarioBundle(capture.NameOf(path), overrides, capture.Read), scenario);
    }

    private static ScenarioBundle Read(BinaryReader reader)
    {
        if (reader.ReadString() != Magic) throw new BundleException("the bytes are no bundle of a scenario, or one of another version");
        string name = reader.ReadString();
        RunOverrides overrides = new(ReadOptional(reader), ReadOptional(reader));
        int count = reader.Read7BitEncodedInt();
        if (count is < 0 or > MostFiles) throw new BundleException($"the bundle has {count} files, allowed: 0..{MostFiles}");
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++) files.Add(reader.ReadString(), ReadContent(reader));
        if (reader.BaseStream.Position != reader.BaseStream.Length) throw new BundleException("the bundle goes on behind its last file");
        return new ScenarioBundle(name, overrides, files.ToImmutable());
    }

    private static byte[] ReadContent(BinaryReader reader)
    {
        int length = reader.Read7BitEncodedInt();
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        return length >= 0 && length <= left ? reader.ReadBytes(length) : throw new EndOfStreamException();
    }

    private byte[] Write()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, new UTF8Encoding(false));
        writer.Write(Magic);
        writer.Write(Name);
        WriteOptional(writer, Overrides.Seed);
        WriteOptional(writer, Overrides.DurationUs);
        writer.Write7BitEncodedInt(Files.Count);
        foreach ((string name, byte[] content) in Files)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt(content.Length);
            writer.Write(content);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static ulong? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadUInt64() : null;

    private static void WriteOptional(BinaryWriter writer, ulong? value)
    {
        writer.Write(value.HasValue);
        if (value is { } number) writer.Write(number);
    }
}

/// <summary>Bytes that are no bundle; the message is one sentence.</summary>
public sealed class BundleException(string message) : Exception(message);
