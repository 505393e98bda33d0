using Damon.Damo.Writing;

namespace Damon.Scenarios.Pasting;

/// <summary>Pieces of a scenario as text.</summary>
internal static class HoconText
{
    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The key by which a scenario takes a command or document.</summary>
    public static string Damo(PastedCommand command) => command.Text is { } script
        ? $"damo = \"\"\"\n{script}\n\"\"\"\n"
        : DocumentWriter.Write(command.Invocation.Document, new WriteOptions()).Trim().TrimStart('{').TrimEnd('}') + "\n";
}
