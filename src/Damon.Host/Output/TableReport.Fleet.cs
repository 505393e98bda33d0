using System.Collections.Immutable;
using Damon.Scenarios;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Fleets;
using Spectre.Console;

namespace Damon.Host.Output;

/// <summary>How much a report says of each host of a fleet.</summary>
internal enum HostDetail
{
    /// <summary>How figures are spread over the hosts, and which hosts do worst.</summary>
    Summary,

    /// <summary>A line for each host as well.</summary>
    Lines,

    /// <summary>All tables of each host.</summary>
    Tables,
}

/// <content>Many hosts on one page.</content>
internal sealed partial class TableReport
{
    private const int CourseRowsMax = 8;

    private void WriteSummary(FleetSummary summary, bool listsHosts)
    {
        Line("");
        Line("figures over the hosts of a template, and the host that has the greatest");
        console.Write(Spreads(summary));
        Line("hosts that do worst");
        console.Write(Hosts(summary.Worst));
        if (!listsHosts)
        {
            Line("(--list-hosts: a line for each host; --per-host: all tables of each; --format json and --csv DIR have both)");
            return;
        }

        Line("");
        Line("all hosts");
        console.Write(Hosts(summary.Hosts));
    }

    private Table Spreads(FleetSummary summary)
    {
        Table table = New("hosts", "figure", "#of", "#least", "#median", "#99%", "#greatest", "on");
        foreach (FigureSpread one in summary.Figures)
        {
            Row(
                table,
                one.Template,
                one.Figure,
                $"{Number((ulong)one.Spread.Count)} of {Number((ulong)one.HostCount)}",
                Figure(one.Spread.Least, one.Unit),
                Figure(one.Spread.Median, one.Unit),
                Figure(one.Spread.P99, one.Unit),
                Figure(one.Spread.Greatest, one.Unit),
                one.GreatestOn);
        }

        return table;
    }

    private Table Hosts(ImmutableArray<HostFigures> hosts)
    {
        Table table = New("host", "#slowdown", "#migrated", "#reclaimed", "#targets met", "state hash");
        foreach (HostFigures host in hosts)
        {
            Row(
                table,
                host.Name,
                host.Slowdown is { } slowdown ? Decimals(slowdown, 3) : "-",
                Quantity.Size(host.MigratedBytes),
                Quantity.Size(host.ReclaimedBytes),
                host.Targets > 0 ? $"{Number((ulong)(host.Targets - host.Missed))} of {Number((ulong)host.Targets)}" : "-",
                host.Report.Outcome.Failure is null ? JsonReport.Hash(host.Report.Outcome.StateHash) ?? "none" : "failed");
        }

        return table;
    }

    /// <summary>What members that belong to all hosts reported: some readings of each, at equal distances, the last one always.</summary>
    private void WriteFleetCourses(RunReport report)
    {
        foreach (FleetCourse course in report.Courses)
        {
            FleetReading[] numbers = [.. course.Readings.Where(reading => !reading.Values.IsEmpty)];
            if (numbers.Length == 0) continue;
            Line("");
            Line(course.Name);
            console.Write(Course(course, numbers));
            if (course.Columns.Any(IsOfGroup)) console.Write(Groups(course, numbers[^1]));
        }
    }

    private Table Course(FleetCourse course, FleetReading[] readings)
    {
        int[] shown = [.. Enumerable.Range(0, course.Columns.Length).Where(i => !IsOfGroup(course.Columns[i]))];
        Table table = New(["#at", .. shown.Select(i => "#" + Title(course.Columns[i]))]);
        int rows = Math.Min(CourseRowsMax, readings.Length);
        for (int row = 1; row <= rows; row++)
        {
            FleetReading reading = readings[((long)readings.Length * row / rows) - 1];
            Row(table, [Quantity.Time(reading.AtUs), .. shown.Select(i => Value(course.Columns[i], reading.Values[i]))]);
        }

        return table;
    }

    /// <summary>Columns of one group, <c>web.placed</c>, are a row at the end of a course.</summary>
    private Table Groups(FleetCourse course, FleetReading last)
    {
        var groups = Enumerable.Range(0, course.Columns.Length).Where(i => IsOfGroup(course.Columns[i])).GroupBy(i => course.Columns[i].Split('.')[0]).ToArray();
        Table table = New(["at the end", .. groups[0].Select(i => "#" + Title(course.Columns[i].Split('.')[1]))]);
        foreach (var group in groups) Row(table, [group.Key, .. group.Select(i => Value(course.Columns[i], last.Values[i]))]);
        return table;
    }

    private static bool IsOfGroup(string column) => column.Contains('.', StringComparison.Ordinal);

    private static bool IsBytes(string column) => column.EndsWith("_bytes", StringComparison.Ordinal);

    private static string Title(string column) => (IsBytes(column) ? column[..^"_bytes".Length] : column).Replace('_', ' ');

    private static string Value(string column, double value)
    {
        if (IsBytes(column)) return Quantity.Size(value);
        return value >= 0 && value < ulong.MaxValue && double.IsInteger(value) ? Quantity.Count((ulong)value) : Decimals(value, 3);
    }

    private static string Figure(double value, FigureUnit unit) => unit switch
    {
        FigureUnit.Bytes => Quantity.Size(value),
        FigureUnit.Microseconds => Quantity.Time((ulong)value),
        _ => Decimals(value, 3),
    };
}
