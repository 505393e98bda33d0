using System.Globalization;
using System.Text.Json;
using Damon.Host.Output;
using Damon.Scenarios.Results;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon runs</c>: lists the runs of a store, newest first.</summary>
internal static class RunsCommand
{
    private const int MostShown = 1_000;

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("runs", words, StoreOption.Option, new Option("--format", "table or json"));
        if (arguments.Others.Count > 0) throw arguments.Refuse($"found '{arguments.Others[0]}', allowed: only options");
        bool asJson = arguments.Choice("--format", "table", "json") == "json";
        return StoreOption.With(arguments, store =>
        {
            IReadOnlyList<Run> runs = store.ListRunsAsync(MostShown).GetAwaiter().GetResult();
            if (asJson) PlainJson.Write(json => Write(json, runs));
            else if (runs.Count == 0) Console.Out.WriteLine("no runs");
            else PlainTable.Write(["run", "scenario", "seed", "state", "virtual time", "submitted", "digest"], runs.Select(Row));
            return ExitCode.Ok;
        });
    }

    /// <summary>How far a run is, in words.</summary>
    public static string Reached(Run run)
    {
        string of = Quantity.Time(Us(run, run.FinalWindow));
        return run.DoneWindow == run.FinalWindow ? of : $"{Quantity.Time(Us(run, run.DoneWindow))} of {of}";
    }

    private static ulong Us(Run run, Window window) => (ulong)(window.Number * (run.WindowNanoseconds / 1_000));

    private static string[] Row(Run run) =>
    [
        run.Id.ToString(), run.Name, run.Seed.ToString(CultureInfo.InvariantCulture), Words.State(run.State), Reached(run),
        run.Submitted.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), run.Digest?.ToString() ?? "",
    ];

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Run> runs)
    {
        json.WriteStartArray();
        foreach (Run run in runs)
        {
            json.WriteStartObject();
            json.WriteNumber("run", run.Id.Value);
            json.WriteString("name", run.Name);
            json.WriteNumber("seed", run.Seed);
            json.WriteString("state", Words.State(run.State));
            json.WriteNumber("done_s", run.DoneWindow.Number * (run.WindowNanoseconds / 1e9));
            json.WriteNumber("duration_s", run.FinalWindow.Number * (run.WindowNanoseconds / 1e9));
            json.WriteNumber("commands", run.LastCommand);
            json.WriteString("submitted", run.Submitted);
            json.WriteString("digest", run.Digest?.ToString());
            json.WriteString("failure", run.State == RunState.Failed ? run.Result : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
