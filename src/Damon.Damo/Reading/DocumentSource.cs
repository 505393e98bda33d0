using Damon.Damo.Environment;

namespace Damon.Damo.Reading;

/// <summary>The text of an option that takes a file's name or the JSON itself.</summary>
/// <param name="Text">The text.</param>
/// <param name="Name">The file's name, or "the text", for messages.</param>
internal readonly record struct DocumentSource(string Text, string Name)
{
    /// <summary>Reads the file of that name, or takes the word itself when it begins like JSON.</summary>
    internal static DocumentSource Of(string word, IFileSource files)
    {
        if (files.TryRead(word, out string text)) return new(text, word);
        return word.AsSpan().TrimStart() is ['{' or '[', ..]
            ? new(word, "the text")
            : throw new DamoException($"there is no file '{word}'; allowed is the name of a file, or the JSON itself");
    }
}
