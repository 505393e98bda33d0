using Damon.Hocon;
using Damon.Hocon.Rendering;
using Damon.Host.Output;
using Damon.Scenarios.Schema;

namespace Damon.Host.Commands;

/// <summary>
/// <c>damon config dump FILE</c>: a HOCON file, resolved, as JSON; <c>damon config schema</c>: the JSON Schema of scenarios.
/// </summary>
internal static class ConfigCommand
{
    private static readonly string[] s_verbs = ["dump", "schema"];

    public static int Run(ReadOnlySpan<string> words)
    {
        switch (words.Length == 0 ? null : words[0])
        {
            case "dump":
                Console.Out.Write(JsonRenderer.Render(HoconDocument.Load(new Arguments("config dump", words[1..]).Only("FILE"))));
                return ExitCode.Ok;
            case "schema":
                new Arguments("config schema", words[1..]).None();
                PlainJson.Write(json => ScenarioSchema.Create().WriteTo(json));
                return ExitCode.Ok;
            case null:
                throw new BadInputException("damon config: found nothing, allowed: dump FILE, schema");
            default:
                throw new BadInputException($"damon config: found '{words[0]}', allowed: dump FILE, schema{Arguments.Hint(words[0], s_verbs)}");
        }
    }
}
