using System.Text;
using Spectre.Console;

namespace Damon.Host.Output;

/// <summary>
/// The one place that decides about colour and liveliness: only on a terminal, and not when NO_COLOR is set or the
/// terminal is dumb. Everything else is plain text.
/// </summary>
internal static class Terminal
{
    private const int PlainWidth = 200;
    private const int RichWidthMin = 106;

    /// <summary>Whether stdout may have colour and box drawings.</summary>
    public static bool IsRich { get; } = !Console.IsOutputRedirected && AllowsColor;

    /// <summary>Whether stderr may have a line that is rewritten in place.</summary>
    public static bool IsLive { get; } = !Console.IsErrorRedirected && AllowsColor;

    /// <summary>Stdout for Spectre.Console, which is told and does not find out by itself.</summary>
    public static IAnsiConsole Stdout
    {
        get
        {
            Stream stream = Console.OpenStandardOutput();
            StreamWriter writer = new(stream, new UTF8Encoding(false)) { AutoFlush = true };
            return For(writer, IsRich);
        }
    }

    /// <summary>A console on a writer, rich or plain.</summary>
    public static IAnsiConsole For(TextWriter writer, bool isRich)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRich ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isRich ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Capabilities.Unicode = isRich;
        console.Profile.Width = isRich ? Math.Max(console.Profile.Width, RichWidthMin) : PlainWidth;
        return console;
    }

    /// <summary>The lines of tables on a console: box drawings where it is rich, plain characters elsewhere.</summary>
    public static TableBorder Border(IAnsiConsole console) => console.Profile.Capabilities.Unicode ? TableBorder.Rounded : TableBorder.Ascii;

    private static bool AllowsColor =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}
