using Damon.Hocon.Syntax;

namespace Damon.Hocon.Building;

/// <summary>
/// Finds and reads what include statements name (spec: include semantics). A name with one of the three
/// known extensions is one file; any other name is tried with each of them, and all that are found are
/// merged, .conf over .json over .properties.
/// </summary>
internal sealed class IncludeLoader(HoconOptions options)
{
    /// <summary>Most files in a chain of includes, the first one counted.</summary>
    private const int DepthMax = 50;

    /// <summary>The values of an included file; empty when it is missing and not required.</summary>
    public HoconObject Load(Document from, IncludeNode include)
    {
        HoconObject? found = include.Kind == IncludeKind.Unsupported ? null : Find(from, include);
        if (found is not null) return found;
        if (!include.Required) return HoconObject.Empty(include.Origin);
        throw new HoconException(HoconErrorKind.Other, include.Origin, $"the required include \"{include.Name}\" was not found");
    }

    /// <summary>The values of a file given by its path.</summary>
    public HoconObject LoadFile(string path)
    {
        Document document = new(path, DirectoryOf(path), ReadText(path), FormatOf(path));
        return TreeBuilder.Build(document, this);
    }

    private HoconObject? Find(Document from, IncludeNode include)
    {
        bool byName = include.Kind == IncludeKind.Name;
        string name = include.Name;
        // A file named with its extension beside a HOCON file is read as HOCON too, whatever the extension.
        if (HasExtension(name)) return Read(from, include, name, byName ? DocumentFormat.Hocon : FormatOf(name));

        HoconObject? found = null;
        foreach (string extension in (ReadOnlySpan<string>)[".conf", ".json", ".properties"])
        {
            if (Read(from, include, name + extension, FormatOf(extension)) is not { } lower) continue;
            found = found is null ? lower : (HoconObject)found.WithFallback(lower);
        }

        return found;
    }

    private HoconObject? Read(Document from, IncludeNode include, string name, DocumentFormat format)
    {
        string? directory = include.Kind == IncludeKind.File ? options.CurrentDirectory : from.Directory;
        string path = directory is null ? name : Path.Combine(directory, name);
        if (name.Contains('\0', StringComparison.Ordinal) || !options.Files.Exists(path)) return null;
        int depth = from.IncludeDepth + 1;
        if (depth >= DepthMax)
        {
            throw new HoconException(
                HoconErrorKind.Parse,
                new HoconOrigin(path, 0, 0),
                $"includes are nested more than {DepthMax} files deep, probably in a cycle");
        }

        Nesting.Check(include.Origin);
        return TreeBuilder.Build(new Document(path, DirectoryOf(path), ReadText(path), format, depth, from.Nesting), this);
    }

    private string ReadText(string path)
    {
        try
        {
            return options.Files.ReadText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new HoconException(HoconErrorKind.Other, new HoconOrigin(path, 0, 0), $"cannot be read: {cause.Message}", cause);
        }
    }

    private static string? DirectoryOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } directory ? directory : null;

    private static bool HasExtension(string name) =>
        name.EndsWith(".conf", StringComparison.Ordinal)
        || name.EndsWith(".json", StringComparison.Ordinal)
        || name.EndsWith(".properties", StringComparison.Ordinal);

    private static DocumentFormat FormatOf(string name)
    {
        if (name.EndsWith(".json", StringComparison.Ordinal)) return DocumentFormat.Json;
        return name.EndsWith(".properties", StringComparison.Ordinal) ? DocumentFormat.Properties : DocumentFormat.Hocon;
    }
}
