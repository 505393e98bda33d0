using System.Collections.Immutable;
using System.Text;
using Damon.Hocon;

namespace Damon.Scenarios.Bundles;

/// <summary>
/// Keeps each file that is read through it, by the name by which a reading that starts at the bare name of the
/// scenario's file will ask for it again.
/// </summary>
/// <param name="files">Where the files are.</param>
/// <param name="main">The scenario's file.</param>
internal sealed class CapturingFiles(HoconFiles files, string main) : HoconFiles
{
    private readonly string _folder = main[..^Path.GetFileName(main).Length];
    private readonly ImmutableSortedDictionary<string, byte[]>.Builder _read =
        ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);

    /// <summary>What was read.</summary>
    public ImmutableSortedDictionary<string, byte[]> Read => _read.ToImmutable();

    /// <summary>The name of a file in the bundle.</summary>
    public string NameOf(string path) => path.StartsWith(_folder, StringComparison.Ordinal) ? path[_folder.Length..] : path;

    /// <inheritdoc/>
    public override bool Exists(string path) => files.Exists(path);

    /// <inheritdoc/>
    public override string ReadText(string path)
    {
        string text = files.ReadText(path);
        _read.TryAdd(NameOf(path), Encoding.UTF8.GetBytes(text));
        return text;
    }

    /// <inheritdoc/>
    public override byte[] ReadBytes(string path) => _read[NameOf(path)] = files.ReadBytes(path);
}

/// <summary>The files of a bundle, by exactly the names that they were asked for; there is no disk behind them.</summary>
/// <param name="contents">What is in them, by name.</param>
internal sealed class BundledFiles(IReadOnlyDictionary<string, byte[]> contents) : HoconFiles
{
    /// <inheritdoc/>
    public override bool Exists(string path) => contents.ContainsKey(path);

    /// <inheritdoc/>
    public override string ReadText(string path)
    {
        using StreamReader reader = new(new MemoryStream(ReadBytes(path)));
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public override byte[] ReadBytes(string path) =>
        contents.TryGetValue(path, out byte[]? content) ? content : throw new FileNotFoundException($"the bundle holds no file {path}");
}

/// <summary>One text under a name of its own, and the files of the machine besides.</summary>
/// <param name="name">The name.</param>
/// <param name="text">The text.</param>
internal sealed class TextOverDisk(string name, string text) : HoconFiles
{
    /// <inheritdoc/>
    public override bool Exists(string path) => path == name || Disk.Exists(path);

    /// <inheritdoc/>
    public override string ReadText(string path) => path == name ? text : Disk.ReadText(path);

    /// <inheritdoc/>
    public override byte[] ReadBytes(string path) => path == name ? Encoding.UTF8.GetBytes(text) : Disk.ReadBytes(path);
}
