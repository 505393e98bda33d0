using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Damon.Actors.Runtime;
using Damon.Actors.Verification.Golden;
using Damon.Host.Terminals;
using Spectre.Console;

namespace Damon.Host.Commands;

/// <summary><c>damon bench exact|actors</c>: how fast the simulator is.</summary>
internal static class BenchCommand
{
    private const double MiB = 1 << 20;

    public static Command Create()
    {
        Option<OutputFormat> format = FormatOption.Create();
        Argument<string?> cases = new("FILE")
        {
            Description = "a speed file; by default the recorded one of the project",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command exact = new("exact", "virtual seconds per CPU second of the two large recorded hosts") { cases, format };
        exact.SetAction(parsed => Exact(parsed.GetValue(cases) ?? SpeedFile(), parsed.GetValue(format)));
        Command actors = new("actors", "messages per second on one core") { format };
        actors.SetAction(parsed => Actors(parsed.GetValue(format)));
        return new Command("bench", "measure the simulator's speed") { exact, actors };
    }

    private static int Exact(string path, OutputFormat format)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such file; allowed is a speed file such as tests/Golden/speed.json");
        SpeedResult[] results = [.. SpeedRun.Run(path, () => Environment.CpuUsage.TotalTime)];
        double peakMiB = PeakBytes() / MiB;
        if (format == OutputFormat.Json) WriteJson(json => WriteExact(json, results, peakMiB));
        else PrintExact(results, peakMiB);
        return results.All(result => result.Difference is null) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void PrintExact(SpeedResult[] results, double peakMiB)
    {
        Table table = new Table().AddColumns(
            "case", "virtual s / CPU s", "the kernel's C", "set-up CPU s", "bytes / folio", "final state");
        foreach (SpeedResult result in results)
        {
            table.AddRow(
                result.Name,
                Number(result.VirtualSecondsPerCpuSecond, "0.0"),
                Number(result.KernelVirtualSecondsPerCpuSecond, "0.0"),
                Number(result.SetupCpuSeconds, "0.00"),
                Number(result.BytesPerFolio, "0.00"),
                Markup.Escape(result.Difference is { } difference ? $"DIFFERS: {difference}" : "equal"));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"peak memory of the process: {Number(peakMiB, "0")} MiB");
    }

    private static void WriteExact(Utf8JsonWriter json, SpeedResult[] results, double peakMiB)
    {
        foreach (SpeedResult result in results)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Name);
            json.WriteNumber("virtual_seconds_per_cpu_second", Math.Round(result.VirtualSecondsPerCpuSecond, 2));
            json.WriteBoolean("final_hashes_equal", result.Difference is null);
            json.WriteString("difference", result.Difference?.ToString());
            json.WriteNumber("kernel_virtual_seconds_per_cpu_second", result.KernelVirtualSecondsPerCpuSecond);
            json.WriteNumber("setup_cpu_seconds", Math.Round(result.SetupCpuSeconds, 3));
            json.WriteNumber("virtual_seconds", result.VirtualSeconds);
            json.WriteNumber("cpu_seconds", Math.Round(result.CpuSeconds, 3));
            json.WriteNumber("bytes_per_folio", Math.Round(result.BytesPerFolio, 3));
            json.WriteNumber("peak_process_mib", Math.Round(peakMiB, 1));
            json.WriteEndObject();
        }
    }

    private static int Actors(OutputFormat format)
    {
        IReadOnlyList<MessagingRate> rates = MessagingBenchmark.Run(() => Environment.CpuUsage.TotalTime);
        if (format == OutputFormat.Json)
        {
            WriteJson(json =>
            {
                foreach (MessagingRate rate in rates)
                {
                    json.WriteStartObject();
                    json.WriteString("name", rate.Name);
                    json.WriteNumber("messages_per_second", Math.Round(rate.MessagesPerSecond));
                    json.WriteNumber("bytes_per_message", rate.BytesPerMessage);
                    json.WriteNumber("messages", rate.Messages);
                    json.WriteNumber("repetitions", rate.Repetitions);
                    json.WriteEndObject();
                }
            });
            return ExitCode.Ok;
        }

        Table table = new Table().AddColumns("message", "million / CPU s", "bytes allocated / message");
        foreach (MessagingRate rate in rates)
            table.AddRow(Markup.Escape(rate.Name), Number(rate.MessagesPerSecond / 1e6, "0.0"), Number(rate.BytesPerMessage, "0.###"));
        Terminal.Out.Write(table);
        return ExitCode.Ok;
    }

    private static void WriteJson(Action<Utf8JsonWriter> writeItems)
    {
        using Stream output = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            writeItems(json);
            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static long PeakBytes()
    {
        using System.Diagnostics.Process self = System.Diagnostics.Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    /// <summary>The recorded speed file: beside the sources that this program was built from.</summary>
    private static string SpeedFile()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "tests", "Golden", "speed.json");
            if (File.Exists(file)) return file;
        }

        throw new BadInputException("tests/Golden/speed.json was not found above the program; name a speed file: damon bench exact FILE");
    }
}
