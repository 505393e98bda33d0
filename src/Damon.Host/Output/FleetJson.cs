using System.Text.Json;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Fleets;

namespace Damon.Host.Output;

/// <summary>Writes what belongs to all hosts together as JSON: the whole courses of fleet members, and how figures are spread over hosts.</summary>
internal static class FleetJson
{
    public static void Write(Utf8JsonWriter json, RunReport report)
    {
        json.WriteStartArray("courses");
        foreach (FleetCourse course in report.Courses) Write(json, course);
        json.WriteEndArray();
        FleetSummary summary = FleetSummary.Of(report);
        json.WriteStartArray("spreads");
        foreach (FigureSpread spread in summary.Figures) Write(json, spread);
        json.WriteEndArray();
        json.WriteStartArray("worst_hosts");
        foreach (HostFigures host in summary.Worst) json.WriteStringValue(host.Name);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FleetCourse course)
    {
        json.WriteStartObject();
        json.WriteString("name", course.Name);
        json.WriteStartArray("readings");
        foreach (FleetReading reading in course.Readings)
        {
            json.WriteStartObject();
            json.WriteNumber("at_s", reading.AtUs / 1_000_000m);
            for (int i = 0; i < reading.Values.Length; i++) json.WriteNumber(course.Columns[i], reading.Values[i]);
            if (reading.Note is { } note) json.WriteString("note", note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FigureSpread one)
    {
        double scale = one.Unit == FigureUnit.Microseconds ? 1e-6 : 1;
        json.WriteStartObject();
        json.WriteString("hosts", one.Template);
        json.WriteNumber("host_count", one.HostCount);
        json.WriteString("figure", one.Figure);
        json.WriteString("unit", one.Unit switch { FigureUnit.Bytes => "bytes", FigureUnit.Microseconds => "s", _ => "times" });
        json.WriteNumber("count", one.Spread.Count);
        json.WriteNumber("least", one.Spread.Least * scale);
        json.WriteNumber("median", one.Spread.Median * scale);
        json.WriteNumber("p99", one.Spread.P99 * scale);
        json.WriteNumber("greatest", one.Spread.Greatest * scale);
        json.WriteString("greatest_on", one.GreatestOn);
        json.WriteEndObject();
    }
}
