using Damon.Damo.Document;
using Damon.Damo.Records;

namespace Damon.Damo.Reports.Kdamonds;

/// <summary><c>report damon</c>: parameters, statistics and tried regions of kdamonds (console spec sections 18 to 20).</summary>
internal static class KdamondReport
{
    /// <summary>Its options.</summary>
    internal static readonly ReportOption[] Options =
        [new("input_file", 1), new("input", 1), new("damos_stats", 0), new("kdamonds_summary", 0), new("raw_number", 0), new("omit_damos_tried_regions", 0)];

    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        string? path = arguments.Word("input_file") ?? arguments.Word("input");
        IReadOnlyList<KdamondStatus> kdamonds = path is not null
            ? KdamondsFile.Read(input.ReadText(path), path)
            : input.Running ?? throw new DamoException("report damon: nothing runs; allowed is --input_file FILE with a file of kdamonds");
        bool raw = arguments.Has("raw_number");
        if (arguments.Has("kdamonds_summary")) WriteSummary(kdamonds, output);
        else if (arguments.Has("damos_stats")) WriteStatistics(kdamonds, output, raw);
        else output.Write(new KdamondText(raw, !arguments.Has("omit_damos_tried_regions")).Write(kdamonds));
    }

    /// <summary>State and process of a kdamond.</summary>
    internal static string State(KdamondStatus status) => $"state: {status.State ?? "off"}, pid: {ReportPid(status)}";

    private static string ReportPid(KdamondStatus status) => status.Pid is { } pid ? pid.ToString(System.Globalization.CultureInfo.InvariantCulture) : "None";

    private static void WriteSummary(IReadOnlyList<KdamondStatus> kdamonds, TextWriter output)
    {
        for (int i = 0; i < kdamonds.Count; i++) output.Write($"{i}\t{State(kdamonds[i])}\n");
    }

    private static void WriteStatistics(IReadOnlyList<KdamondStatus> kdamonds, TextWriter output, bool raw)
    {
        for (int kdamond = 0; kdamond < kdamonds.Count; kdamond++)
        {
            Sequence<MonitoringContext> contexts = kdamonds[kdamond].Kdamond.Contexts;
            for (int context = 0; context < contexts.Count; context++)
            {
                for (int scheme = 0; scheme < contexts[context].Schemes.Count; scheme++)
                {
                    output.Write($"kdamond {kdamond} / context {context} / scheme {scheme}\n");
                    WriteStatistics(kdamonds[kdamond].Scheme(context, scheme).Statistics, output, raw);
                }
            }
        }
    }

    private static void WriteStatistics(DamosStatistics statistics, TextWriter output, bool raw) => output.Write(
        $"nr_tried: {ReportPieces.Nr(statistics.NrTried, raw)}\n"
        + $"sz_tried: {ReportPieces.Size(statistics.SizeTried, raw)}\n"
        + $"nr_applied: {ReportPieces.Nr(statistics.NrApplied, raw)}\n"
        + $"sz_applied: {ReportPieces.Size(statistics.SizeApplied, raw)}\n"
        + $"sz_ops_filter_passed: {ReportPieces.Size(statistics.SizeOpsFilterPassed, raw)}\n"
        + $"qt_exceeds: {ReportPieces.Nr(statistics.QuotaExceeds, raw)}\n"
        + $"nr_snapshots: {ReportPieces.Nr(statistics.NrSnapshots, raw)}\n"
        + $"max_nr_snapshots: {ReportPieces.Nr(statistics.MaxNrSnapshots, raw)}\n\n");
}
