using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Damon.Damo;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Hocon;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Pasting;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Replaying;

/// <summary>
/// Puts the memory of a record on a machine, under a damo command: a process for each record of a target, in the cgroup
/// <see cref="Cgroup"/>. What comes of it is an ordinary scenario.
/// </summary>
public sealed class ReplayScenario
{
    /// <summary>The processes' cgroup.</summary>
    public const string Cgroup = "/replay";

    /// <summary>The process id of the first process; the others are numbered on.</summary>
    public const int FirstPid = 1000;

    private const ulong MostPages = 1 << 23;
    private const ulong LeastVirtualAddress = 1UL << 44;

    private readonly string _path;
    private readonly ImmutableArray<RecordSummary> _records;
    private readonly bool _isVirtual;

    private ReplayScenario(string path, ImmutableArray<RecordSummary> records, bool isVirtual) =>
        (_path, _records, _isVirtual) = (path, records, isVirtual);

    /// <summary>Looks at a record file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">Which of its records are replayed; when open, all records of whole targets.</param>
    /// <exception cref="DamoException">It is no record, or has none such.</exception>
    public static ReplayScenario Open(string path, RecordChoice choice)
    {
        RecordSeries series = new(RecordFile.Open(path));
        ImmutableArray<RecordSummary> records = [.. choice.Targets(series.Records).Select(i => series.Records[i])];
        foreach (RecordSummary record in records) RecordHistory.LengthUs(record);
        bool isVirtual = IsVirtual(path, records[0]) ?? records.Any(record => record.Ranges[^1].End > LeastVirtualAddress);
        return new ReplayScenario(path, records, isVirtual);
    }

    /// <summary>What is replayed, one sentence for each process.</summary>
    public IEnumerable<string> Notices => _records.Select((record, i) => string.Create(
        CultureInfo.InvariantCulture,
        $"process {FirstPid + i} replays {RecordChoice.Describe(record.Header.Key)}: {record.NrSnapshots} snapshots, {record.CoveredBytes >> 20} MiB"
        + $"{(record.Ranges.Count > 1 ? $" in {record.Ranges.Count} ranges" : "")} of {(_isVirtual ? "virtual" : "physical")} addresses from {record.Ranges[0].Start} on"));

    /// <summary>The scenario.</summary>
    /// <param name="machineFile">File with the key <c>machine</c>; null: a machine that just fits.</param>
    /// <param name="command">The damo command; null: monitoring as it was for the record.</param>
    /// <param name="overrides">What the command line says.</param>
    /// <exception cref="HoconException">Something in the files or the command cannot be simulated.</exception>
    public Scenario Build(string? machineFile, PastedCommand? command, RunOverrides overrides)
    {
        string name = Path.GetFileNameWithoutExtension(_path);
        Scenario scenario = ScenarioReader.Read(HoconDocument.Parse(Text(machineFile, command), name), name, overrides);
        return scenario with { Notices = [.. Notices, .. scenario.Notices] };
    }

    /// <summary>The scenario, with all that it was read from.</summary>
    /// <exception cref="HoconException">As for <see cref="Build"/>.</exception>
    public (ScenarioBundle Bundle, Scenario Scenario) Capture(string? machineFile, PastedCommand? command, RunOverrides overrides)
    {
        (ScenarioBundle bundle, Scenario scenario) =
            ScenarioBundle.CaptureText(Text(machineFile, command), Path.GetFileNameWithoutExtension(_path), overrides);
        return (bundle, scenario with { Notices = [.. Notices, .. scenario.Notices] });
    }

    /// <summary>The scenario as the text of a file.</summary>
    public string Text(string? machineFile, PastedCommand? command)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"run.duration = {_records.Max(RecordHistory.LengthUs)} us\n");
        if (machineFile is null) AppendMachine(text);
        else text.Append($"include required(file({HoconText.Quoted(machineFile)}))\n");
        text.Append($"cgroups.\"{Cgroup}\".workloads = [\n");
        for (int i = 0; i < _records.Length; i++) text.Append($"  {{ {Workload(i)} }}\n");
        text.Append("]\n");
        text.Append(command is null ? $"damo = \"\"\"damo start {Monitoring}\"\"\"\n" : HoconText.Damo(command));
        return text.ToString();
    }

    /// <summary>Options of damo that monitor what the record is of, as it was monitored.</summary>
    public string Monitoring
    {
        get
        {
            StringBuilder options = new(_isVirtual ? "--ops fvaddr" : "--ops paddr --numa_node 0");
            for (int i = 0; _isVirtual && i < _records.Length; i++)
            {
                options.Append(CultureInfo.InvariantCulture, $" --target_pid {FirstPid + i} --regions \"");
                options.AppendJoin(' ', _records[i].Ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Start}-{range.End}")));
                options.Append('"');
            }

            if (_records[0].Header.Intervals is not { } intervals) return options.ToString();
            options.Append($" --monitoring_intervals {intervals.SampleUs} {intervals.AggrUs} {intervals.OpsUpdateUs}");
            if (intervals.Goal.Aggrs != Damo.Values.Number.Zero)
                options.Append($" --monitoring_intervals_goal {intervals.Goal.AccessBp} {intervals.Goal.Aggrs} {intervals.Goal.MinSampleUs} {intervals.Goal.MaxSampleUs}");
            return options.ToString();
        }
    }

    /// <summary>Memory for all that the record covers, at its address when that is one of physical memory; frames are taken in order.</summary>
    private void AppendMachine(StringBuilder text)
    {
        ulong bytes = _records.Aggregate(0UL, (sum, record) => sum + record.CoveredBytes);
        ulong page = 1 << 12;
        while (page < 1 << 21 && bytes / page > MostPages) page <<= 1;
        ulong needed = _records.Aggregate(0UL, (sum, record) => sum + record.Ranges.Aggregate(
            0UL, (pages, range) => pages + ((range.End + page - 1) & ~(page - 1)) - (range.Start & ~(page - 1))));
        ulong start = _isVirtual ? 4UL << 30 : _records[0].Ranges[0].Start & ~(page - 1);
        text.Append(CultureInfo.InvariantCulture, $"machine {{ page-size = {page} B, allocation = lowest-first, start = {start} B, nodes = [ {{ size = {needed} B }} ] }}\n");
    }

    private string Workload(int index)
    {
        RecordKey key = _records[index].Header.Key;
        StringBuilder text = new($"replay = {HoconText.Quoted(Path.GetFullPath(_path))}");
        text.Append(CultureInfo.InvariantCulture, $", pid = {FirstPid + index}");
        foreach ((string name, long? one) in (ReadOnlySpan<(string, long?)>)
            [("kdamond", key.KdamondIndex), ("context", key.ContextIndex), ("scheme", key.SchemeIndex), ("target", key.TargetId)])
        {
            if (one is { } number) text.Append(CultureInfo.InvariantCulture, $", {name} = {number}");
        }

        return text.ToString();
    }

    /// <summary>What the file beside the record says of the kdamond's operations; null: nothing.</summary>
    private static bool? IsVirtual(string path, RecordSummary record)
    {
        string file = path + KdamondsFile.Suffix;
        if (!File.Exists(file)) return null;
        try
        {
            IReadOnlyList<KdamondStatus> kdamonds = KdamondsFile.Read(File.ReadAllText(file), file);
            int index = (int)Math.Min(record.Header.Key.KdamondIndex ?? 0, int.MaxValue);
            return index < kdamonds.Count ? kdamonds[index].Kdamond.Contexts[0].Ops != Operations.Paddr : null;
        }
        catch (Exception error) when (error is DamoException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
