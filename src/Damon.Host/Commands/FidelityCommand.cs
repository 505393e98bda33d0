using System.Globalization;
using System.Text.Json;
using Damon.Host.Output;
using Damon.Scenarios.Fidelity;
using Spectre.Console;

namespace Damon.Host.Commands;

/// <summary><c>damon fidelity</c>: repeats what was measured on a real kernel, and compares figure by figure.</summary>
internal static class FidelityCommand
{
    private const int MostSeeds = 1000;

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new(
            "fidelity", words, new("--seeds", "a number"), new("--only", "the begin of an experiment's name"), new("--format", "table or json"));
        bool asJson = arguments.Choice("--format", "table", "json") == "json";
        if (arguments.Others.Count > 0) throw arguments.Refuse($"takes no words, found '{arguments.Others[0]}'");
        int seeds = Seeds(arguments);
        string only = arguments.Value("--only") ?? "";
        Experiment[] experiments =
            [.. Experiments.All.Where(experiment => experiment.Name.StartsWith(only, StringComparison.OrdinalIgnoreCase))];
        if (experiments.Length == 0)
            throw arguments.Refuse($"--only: found '{only}', allowed: the begin of {string.Join("; ", Experiments.All.Select(e => e.Name))}");

        FidelityRun run = new(ProjectFiles.Find("tests/Real"), ProjectFiles.Find("hocon/real"));
        FigureComparison[] comparisons = [.. run.Compare(experiments, seeds)];
        if (asJson) WriteJson(comparisons);
        else Print(comparisons, seeds);
        return ExitCode.Ok;
    }

    private static int Seeds(Arguments arguments)
    {
        string text = arguments.Value("--seeds") ?? "5";
        bool isFine = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) && seeds is >= 1 and <= MostSeeds;
        return isFine ? seeds : throw arguments.Refuse($"--seeds: found '{text}', allowed: 1..{MostSeeds}");
    }

    private static void Print(FigureComparison[] comparisons, int seeds)
    {
        foreach (IGrouping<string, FigureComparison> group in comparisons.GroupBy(comparison => comparison.Experiment))
        {
            Table table = new() { Border = Terminal.IsRich ? TableBorder.Rounded : TableBorder.Ascii, Title = new TableTitle(Markup.Escape(group.Key)) };
            foreach (string title in (string[])["figure", "unit", "real", $"simulated, mean of {seeds}", "sd over seeds", "least", "most", "real inside"])
                table.AddColumn(new TableColumn(Markup.Escape(title)).NoWrap());
            foreach (FigureComparison one in group)
            {
                table.AddRow(
                    Markup.Escape(one.Figure.Name), Markup.Escape(one.Figure.Unit), Number(one.Real), Number(one.Mean), Number(one.Spread),
                    Number(one.Simulated.Min()), Number(one.Simulated.Max()), one.IsInside ? "yes" : "no");
            }

            Terminal.Stdout.Write(table);
        }

        int inside = comparisons.Count(comparison => comparison.IsInside);
        Console.Out.WriteLine($"{inside} of {comparisons.Length} figures of the real kernel lie where the simulated runs do");
    }

    private static void WriteJson(FigureComparison[] comparisons)
    {
        using Stream stream = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (FigureComparison one in comparisons) Write(json, one);
            json.WriteEndArray();
        }

        stream.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, FigureComparison one)
    {
        json.WriteStartObject();
        json.WriteString("experiment", one.Experiment);
        json.WriteString("figure", one.Figure.Name);
        json.WriteString("unit", one.Figure.Unit);
        WriteNumber(json, "real", one.Real);
        WriteNumber(json, "simulated_mean", one.Mean);
        WriteNumber(json, "simulated_spread", one.Spread);
        json.WriteStartArray("simulated");
        foreach (double value in one.Simulated)
        {
            if (double.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
        json.WriteBoolean("real_inside", one.IsInside);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number)) json.WriteNumber(name, Math.Round(number, 4));
        else json.WriteNull(name);
    }

    private static string Number(double number) =>
        double.IsFinite(number) ? number.ToString("0.00", CultureInfo.InvariantCulture) : "none";
}
