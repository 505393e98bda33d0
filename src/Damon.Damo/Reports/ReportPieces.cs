using System.Numerics;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports;

/// <summary>Pieces of text that several reports share.</summary>
internal static class ReportPieces
{
    /// <summary>Statistics in sentences; the bytes that passed filters come twice, as damo prints them.</summary>
    internal static IEnumerable<string> Sentences(DamosStatistics statistics, bool raw) =>
    [
        $"tried {Nr(statistics.NrTried, raw)} times ({Size(statistics.SizeTried, raw)})",
        $"applied {Nr(statistics.NrApplied, raw)} times ({Size(statistics.SizeApplied, raw)})",
        $"{Size(statistics.SizeOpsFilterPassed, raw)} passed filters",
        $"quota exceeded {Nr(statistics.QuotaExceeds, raw)} times",
        Size(statistics.SizeOpsFilterPassed, raw),
        $"tried {Nr(statistics.NrSnapshots, raw)} snapshots (max {Nr(statistics.MaxNrSnapshots, raw)})",
    ];

    /// <summary>A filter in damo's words: allow memcg /a, reject none young.</summary>
    internal static string Filter(SchemeFilter filter, bool raw)
    {
        string arguments = filter switch
        {
            { MemcgPath: { } path } => " " + path,
            { AddressRange: { } range } => $" [{ValuePrinter.Nr(range.Start, raw)}, {ValuePrinter.Nr(range.End, raw)})",
            { TargetIndex: { } index } => " " + ValuePrinter.Nr(index, raw),
            { HugepageSize: { } sizes } => $" [{ValuePrinter.Size(sizes.Start, raw)}, {ValuePrinter.Size(sizes.End, raw)}]",
            _ => "",
        };
        return $"{(filter.Allow ? "allow " : "reject ")}{(filter.Matching ? "" : "none ")}{Keywords.FilterTypes.Word(filter.FilterType)}{arguments}";
    }

    /// <summary>A range of addresses: [4.000000 GiB, 6.000000 GiB) (2.000 GiB).</summary>
    internal static string Space(ulong start, ulong end, bool raw = false) =>
        $"[{ValuePrinter.SizeAccurate(Whole(start), raw)}, {ValuePrinter.SizeAccurate(Whole(end), raw)}) ({Size(end - start, raw)})";

    /// <summary>A range of time: [16 m 40 s, 16 m 44 s) (4 s).</summary>
    internal static string Time(long startNs, long endNs, bool raw = false) =>
        $"[{ValuePrinter.Nanoseconds(startNs, raw)}, {ValuePrinter.Nanoseconds(endNs, raw)}) "
        + $"({ValuePrinter.Nanoseconds(Number.Whole((BigInteger)endNs - startNs), raw)})";

    internal static string Size(ulong bytes, bool raw = false) => ValuePrinter.Size(Whole(bytes), raw);

    internal static string Nr(ulong count, bool raw = false) => ValuePrinter.Nr(Whole(count), raw);

    internal static Number Whole(ulong value) => Number.Whole(value);
}
