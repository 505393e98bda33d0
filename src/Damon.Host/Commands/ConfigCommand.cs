using System.CommandLine;
using Damon.Hocon;
using Damon.Hocon.Rendering;

namespace Damon.Host.Commands;

/// <summary><c>damon config dump FILE</c>: a HOCON file as it is after includes and substitutions, as JSON.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "a HOCON file" };
        Command dump = new("dump", "print a HOCON file, resolved, as JSON") { file };
        dump.SetAction(parsed =>
        {
            Console.Out.WriteLine(JsonRenderer.Render(HoconDocument.Load(parsed.GetRequiredValue(file))));
            return ExitCode.Ok;
        });
        return new Command("config", "look at configuration files") { dump };
    }
}
