namespace Damon.Damo.Writing;

/// <summary>How a document is printed by <c>damo args damon</c>.</summary>
public enum OutputFormat
{
    /// <summary>JSON with 4 blanks of indent.</summary>
    Json,

    /// <summary>The same tree as YAML.</summary>
    Yaml,

    /// <summary>The indented text of <c>damo report damon</c>.</summary>
    Report,
}

/// <summary>Switches of printing.</summary>
/// <param name="Format">The format.</param>
/// <param name="Raw">Plain digits instead of human friendly texts (<c>--raw</c>); not to be read back.</param>
/// <param name="OmitDefaults">Leave out blocks that equal their defaults (<c>--omit_defaults</c>).</param>
public sealed record WriteOptions(OutputFormat Format = OutputFormat.Json, bool Raw = false, bool OmitDefaults = false);
