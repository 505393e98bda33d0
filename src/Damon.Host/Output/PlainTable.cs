using Spectre.Console;

namespace Damon.Host.Output;

/// <summary>A table of texts on stdout.</summary>
internal static class PlainTable
{
    public static void Write(string[] titles, IEnumerable<string[]> rows)
    {
        IAnsiConsole console = Terminal.Stdout;
        Table table = new() { Border = Terminal.Border(console) };
        foreach (string title in titles) table.AddColumn(new TableColumn(Markup.Escape(title)).NoWrap());
        foreach (string[] row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }
}
