using System.CommandLine;

namespace Damon.Host.Commands;

/// <summary>Who reads the output.</summary>
internal enum OutputFormat
{
    /// <summary>A person.</summary>
    Table,

    /// <summary>A script.</summary>
    Json,
}

/// <summary>The option that chooses the output's format.</summary>
internal static class FormatOption
{
    /// <summary>A new <c>--format table|json</c>.</summary>
    public static Option<OutputFormat> Create() =>
        new("--format") { Description = "table (for people) or json (for scripts)", DefaultValueFactory = _ => OutputFormat.Table };
}
