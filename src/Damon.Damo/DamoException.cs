namespace Damon.Damo;

/// <summary>
/// The one error of this library for bad input: a command line, document, value or script that damo would refuse.
/// The message is a single sentence that names the option or path, what was found and what is allowed.
/// </summary>
public sealed class DamoException : Exception
{
    /// <summary>Makes an error with its sentence.</summary>
    /// <param name="message">One sentence for the person who wrote the input.</param>
    /// <param name="wordIndex">Index in argv of the word at fault, or null when no single word is.</param>
    public DamoException(string message, int? wordIndex = null)
        : base(Printable(message)) => WordIndex = wordIndex;

    /// <summary>Makes an error that keeps its cause.</summary>
    /// <param name="message">One sentence for the person who wrote the input.</param>
    /// <param name="inner">The cause.</param>
    public DamoException(string message, Exception inner)
        : base(Printable(message), inner)
    {
    }

    /// <summary>Index in argv of the word at fault; null when the fault has no single place.</summary>
    public int? WordIndex { get; }

    /// <summary>The path of the value at fault in a document, such as kdamonds[0].contexts[1].ops; null when it is not of one.</summary>
    public string? Path { get; init; }

    /// <summary>Quoted input may hold line breaks or terminal escapes: they are shown as codes, so that the sentence stays one line.</summary>
    private static string Printable(string message)
    {
        if (!message.Any(char.IsControl)) return message;
        return string.Concat(message.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
    }
}
