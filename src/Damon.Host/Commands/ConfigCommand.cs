using Damon.Hocon;
using Damon.Hocon.Rendering;

namespace Damon.Host.Commands;

/// <summary><c>damon config dump FILE</c>: a HOCON file, resolved, as JSON.</summary>
internal static class ConfigCommand
{
    public static int Run(ReadOnlySpan<string> words)
    {
        if (words.Length == 0 || words[0] != "dump")
            throw new BadInputException($"damon config: found {(words.Length == 0 ? "nothing" : $"'{words[0]}'")}, allowed: dump FILE");
        string file = new Arguments("config dump", words[1..]).Only("FILE");
        Console.Out.Write(JsonRenderer.Render(HoconDocument.Load(file)));
        return ExitCode.Ok;
    }
}
