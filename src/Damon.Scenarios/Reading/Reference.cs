using System.Reflection;
using Damon.Hocon;

namespace Damon.Scenarios.Reading;

/// <summary>The file hocon/reference.conf, of which this library carries a copy: every key with its default.</summary>
public static class Reference
{
    /// <summary>The file's name, for messages.</summary>
    public const string FileName = "reference.conf";

    /// <summary>The file as text.</summary>
    public static string Text { get; } = ReadText();

    /// <summary>The file as a tree.</summary>
    public static HoconObject Root { get; } = HoconDocument.Parse(Text, FileName);

    private static string ReadText()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(FileName)
            ?? throw new InvalidOperationException("the library lacks its reference.conf");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
