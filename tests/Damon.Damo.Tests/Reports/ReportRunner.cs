using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Reports;
using Damon.Damo.Tests.Records;

namespace Damon.Damo.Tests.Reports;

/// <summary>Runs reports on the sample records.</summary>
internal static class ReportRunner
{
    private static readonly ReportInput _input = new()
    {
        OpenRecord = name => SampleRecords.Open(name),
        ReadText = name => name.EndsWith(FootprintFile.Suffix, StringComparison.Ordinal)
            ? FootprintFile.Write(Footprints)
            : File.ReadAllText(SampleRecords.Path(name)),
        Running = RunningSample.Kdamonds,
    };

    /// <summary>Memory that grows by 10,000 pages five times, as in the sample of footprints.</summary>
    private static IEnumerable<MemoryFootprint> Footprints => Enumerable.Range(0, 5).Select(i => new MemoryFootprint(
        1000 + i, [new(42, 524_288, 200_000 + 10_000 * i)], new(58L << 20, 30_000_000 - 1_000_000 * i)));

    /// <summary>What a report prints; words are separated by single blanks.</summary>
    internal static string Run(string line, ReportInput? input = null)
    {
        using var output = new StringWriter();
        ReportCommand.Run(line.Split(' '), input ?? _input, output);
        return output.ToString();
    }

    internal static string Run(string line, IRecordSource source) => Run(line, ReportInput.Files with { RunningRecords = source });

    internal static MemoryRecords Records(params AccessSnapshot[] snapshots) => new((new(new(0), Intervals.Default), snapshots));
}
