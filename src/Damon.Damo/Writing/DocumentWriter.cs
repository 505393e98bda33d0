using Damon.Damo.Document;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Writing;

/// <summary>Turns a document into the tree that damo prints (spec section 8), and that into text.</summary>
public static class DocumentWriter
{
    /// <summary>The text of a document as <c>damo args damon</c> prints it, without a final newline for JSON.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Format and switches.</param>
    /// <exception cref="DamoException">A value is infinite or not a number, which damo stumbles over too.</exception>
    public static string Write(DamoDocument document, WriteOptions options) => options.Format switch
    {
        OutputFormat.Json => JsonTree.Write(ToTree(document, options)),
        OutputFormat.Yaml => YamlTree.Write(ToTree(document, options)),
        _ => ReportText.Write(document, options.Raw),
    };

    /// <summary>The tree of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Switches; the format does not matter.</param>
    public static TreeNode ToTree(DamoDocument document, WriteOptions options)
    {
        var writer = new ContextWriter(options);
        return new TreeMapBuilder().Add("kdamonds", document.Kdamonds, kdamond => new TreeMapBuilder()
            .Add("refresh_ms", new TreeNumber(kdamond.RefreshMs))
            .Add("contexts", kdamond.Contexts, writer.Context)
            .Build()).Build();
    }
}

/// <summary>Collects the entries of a mapping in order.</summary>
internal sealed class TreeMapBuilder
{
    private readonly List<KeyValuePair<string, TreeNode>> _entries = [];

    internal TreeMapBuilder Add(string key, TreeNode value)
    {
        _entries.Add(new(key, value));
        return this;
    }

    internal TreeMapBuilder Add(string key, string? text) => Add(key, text is null ? TreeNull.Instance : new TreeText(text));

    internal TreeMapBuilder Add(string key, bool truth) => Add(key, new TreeBool(truth));

    internal TreeMapBuilder Add<T>(string key, IEnumerable<T> items, Func<T, TreeNode> write) =>
        Add(key, new TreeList([.. items.Select(write)]));

    /// <summary>Adds an entry only when a condition holds.</summary>
    internal TreeMapBuilder AddIf(bool condition, string key, Func<TreeNode> value) => condition ? Add(key, value()) : this;

    internal TreeMap Build() => new(_entries);
}
