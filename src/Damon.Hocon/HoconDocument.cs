using Damon.Hocon.Building;
using Damon.Hocon.Resolution;

namespace Damon.Hocon;

/// <summary>Reads documents: the entry point of the library.</summary>
public static class HoconDocument
{
    /// <summary>Reads a file, its includes, and resolves its substitutions.</summary>
    /// <param name="path">The file; by its extension strict JSON (.json), Java properties (.properties) or else HOCON.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="HoconException">The file cannot be read, does not parse or does not resolve.</exception>
    public static HoconObject Load(string path, HoconOptions? options = null)
    {
        options ??= HoconOptions.Default;
        return Resolver.Resolve(new IncludeLoader(options).LoadFile(path), options);
    }

    /// <summary>Reads a text and resolves its substitutions. Its includes are looked up from the current directory.</summary>
    /// <param name="text">HOCON.</param>
    /// <param name="name">The name of the text for messages.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="HoconException">The text does not parse or does not resolve.</exception>
    public static HoconObject Parse(string text, string? name = null, HoconOptions? options = null)
    {
        options ??= HoconOptions.Default;
        Document document = new(name, options.CurrentDirectory, text, DocumentFormat.Hocon);
        return Resolver.Resolve(TreeBuilder.Build(document, new IncludeLoader(options)), options);
    }
}
