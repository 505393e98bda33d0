using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Damon.Actors.Runtime;
using Damon.Actors.Verification.Golden;
using Damon.Host.Output;
using Damon.Scenarios.Results;

namespace Damon.Host.Commands.Bench;

/// <summary><c>damon bench exact|actors|vaddr|fleet</c>: how fast the simulation of large recorded cases is, a message, a monitored process, or a fleet.</summary>
internal static class BenchCommand
{
    private const string CasesBelowRoot = "tests/Golden/speed.json";

    private static readonly string[] s_fleets = ["hocon/fleet.conf", "hocon/light-fleet.conf"];

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("bench", words, new("--format", "table or json"), new("--cases", "a file"), new("--scenario", "a file"));
        bool asJson = arguments.Choice("--format", "table", "json") == "json";
        string what = arguments.Only("exact, actors, vaddr or fleet");
        return what switch
        {
            "exact" => Exact(arguments.Value("--cases") ?? ProjectFiles.Find(CasesBelowRoot), asJson),
            "actors" => Messages(asJson),
            "vaddr" => Virtual(asJson),
            "fleet" => Fleets(arguments.Value("--scenario"), asJson),
            _ => throw arguments.Refuse($"found '{what}', allowed: exact, actors, vaddr, fleet{Arguments.Hint(what, ["exact", "actors", "vaddr", "fleet"])}"),
        };
    }

    private static int Exact(string cases, bool asJson)
    {
        if (!File.Exists(cases)) throw new BadInputException($"damon bench: --cases: found '{cases}', allowed: a file of speed cases");
        List<SpeedResult> results = [.. SpeedRun.Run(cases, CpuTime)];
        if (asJson) WriteJson(json => results.ForEach(result => Write(json, result)));
        else PlainTable.Write(
            ["case", "virtual s per CPU s", "the kernel's C code", "set-up, CPU s", "virtual s", "bytes a folio", "end state"],
            results.Select(result => new[]
            {
                result.Name, Fixed(result.VirtualSecondsPerCpuSecond), Fixed(result.KernelVirtualSecondsPerCpuSecond), Fixed(result.SetupCpuSeconds),
                Fixed(result.VirtualSeconds), Fixed(result.BytesPerFolio), result.Difference is null ? "equal" : $"differs: {result.Difference}",
            }));
        if (!asJson) Console.Out.WriteLine($"peak memory of the process: {Quantity.Size(Process.GetCurrentProcess().PeakWorkingSet64)}");
        return results.TrueForAll(result => result.Difference is null) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static int Messages(bool asJson)
    {
        IReadOnlyList<MessagingRate> rates = MessagingBenchmark.Run(CpuTime);
        if (asJson)
        {
            WriteJson(json =>
            {
                foreach (MessagingRate rate in rates) Write(json, rate);
            });
        }
        else
        {
            PlainTable.Write(
                ["message", "per CPU second", "bytes allocated each"],
                rates.Select(rate => new[] { rate.Name, Quantity.Count((ulong)rate.MessagesPerSecond), rate.BytesPerMessage.ToString("0.###", CultureInfo.InvariantCulture) }));
        }

        return ExitCode.Ok;
    }

    private static int Virtual(bool asJson)
    {
        List<VirtualRate> rates = [.. VirtualBenchmark.Run(CpuTime)];
        if (asJson) WriteJson(json => rates.ForEach(rate => Write(json, rate)));
        else PlainTable.Write(
            ["process of 10 GiB", "virtual s per CPU s", "virtual s"],
            rates.Select(rate => new[] { rate.Name, Fixed(rate.PerCpuSecond), Fixed(rate.VirtualSeconds) }));
        return ExitCode.Ok;
    }

    private static int Fleets(string? file, bool asJson)
    {
        List<FleetRate> rates = [.. (file is null ? s_fleets.Select(ProjectFiles.Find) : [file]).Select(one => FleetBenchmark.Run(one, CpuTime))];
        if (asJson) WriteJson(json => rates.ForEach(rate => Write(json, rate)));
        else PlainTable.Write(
            ["fleet", "hosts", "host-seconds per s, 1 thread", "2 threads", "scaling", "per CPU s, 1 thread", "2 threads", "bytes a host", "digests"],
            rates.Select(rate => new[]
            {
                rate.Name, Quantity.Count((ulong)rate.Hosts), Rate(rate, rate.OneThread.Seconds), Rate(rate, rate.TwoThreads.Seconds), Fixed(rate.Scaling),
                Rate(rate, rate.OneThread.CpuSeconds), Rate(rate, rate.TwoThreads.CpuSeconds), Quantity.Size(rate.BytesPerHost), rate.IsEqual ? "equal" : "differ",
            }));
        if (!asJson) Console.Out.WriteLine($"peak memory of the process: {Quantity.Size(Process.GetCurrentProcess().PeakWorkingSet64)}");
        return rates.TrueForAll(rate => rate.IsEqual) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Rate(FleetRate rate, double seconds) => Quantity.Count((ulong)(rate.HostSeconds / seconds));

    private static void Write(Utf8JsonWriter json, FleetRate rate)
    {
        json.WriteStartObject();
        json.WriteString("name", rate.Name);
        json.WriteNumber("hosts", rate.Hosts);
        json.WriteNumber("host_seconds", rate.HostSeconds);
        json.WriteNumber("seconds_1_thread", rate.OneThread.Seconds);
        json.WriteNumber("seconds_2_threads", rate.TwoThreads.Seconds);
        json.WriteNumber("scaling", rate.Scaling);
        json.WriteNumber("cpu_seconds_1_thread", rate.OneThread.CpuSeconds);
        json.WriteNumber("cpu_seconds_2_threads", rate.TwoThreads.CpuSeconds);
        json.WriteNumber("bytes_per_host", rate.BytesPerHost);
        json.WriteNumber("peak_process_bytes", Process.GetCurrentProcess().PeakWorkingSet64);
        json.WriteBoolean("digests_equal", rate.IsEqual);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VirtualRate rate)
    {
        json.WriteStartObject();
        json.WriteString("name", rate.Name);
        json.WriteNumber("virtual_seconds_per_cpu_second", rate.PerCpuSecond);
        json.WriteNumber("virtual_seconds", rate.VirtualSeconds);
        json.WriteNumber("cpu_seconds", rate.CpuSeconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SpeedResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Name);
        json.WriteNumber("virtual_seconds_per_cpu_second", result.VirtualSecondsPerCpuSecond);
        json.WriteBoolean("final_hashes_equal", result.Difference is null);
        json.WriteString("difference", result.Difference?.ToString());
        json.WriteNumber("kernel_virtual_seconds_per_cpu_second", result.KernelVirtualSecondsPerCpuSecond);
        json.WriteNumber("setup_cpu_seconds", result.SetupCpuSeconds);
        json.WriteNumber("virtual_seconds", result.VirtualSeconds);
        json.WriteNumber("cpu_seconds", result.CpuSeconds);
        json.WriteNumber("bytes_per_folio", result.BytesPerFolio);
        json.WriteNumber("peak_process_bytes", Process.GetCurrentProcess().PeakWorkingSet64);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MessagingRate rate)
    {
        json.WriteStartObject();
        json.WriteString("name", rate.Name);
        json.WriteNumber("messages_per_second", rate.MessagesPerSecond);
        json.WriteNumber("bytes_per_message", rate.BytesPerMessage);
        json.WriteNumber("messages", rate.Messages);
        json.WriteNumber("repetitions", rate.Repetitions);
        json.WriteEndObject();
    }

    private static void WriteJson(Action<Utf8JsonWriter> write) => PlainJson.Write(json =>
    {
        json.WriteStartArray();
        write(json);
        json.WriteEndArray();
    });

    private static TimeSpan CpuTime() => Process.GetCurrentProcess().TotalProcessorTime;

    private static string Fixed(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
