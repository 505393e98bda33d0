using System.Text.Json;

namespace Damon.Host.Output;

/// <summary>Indented JSON on stdout, with a line end behind it.</summary>
internal static class PlainJson
{
    public static void Write(Action<Utf8JsonWriter> write)
    {
        using Stream stream = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" })) write(json);
        stream.Write("\n"u8);
    }
}
