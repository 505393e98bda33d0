using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results;

namespace Damon.Host.Output;

/// <content>What members that belong to all hosts report: one row a reading and quantity, as each member has its own; and what happened, as notes.</content>
internal sealed partial class CsvFiles
{
    private void WriteFleet(RunReport report)
    {
        if (report.Courses.IsEmpty) return;
        using StreamWriter file = new(Path.Combine(_directory, "fleet.csv")) { NewLine = "\n" };
        file.WriteLine("member,time_s,quantity,value");
        foreach (FleetCourse course in report.Courses)
        {
            foreach (FleetReading reading in course.Readings)
            {
                string head = Row(Quoted(course.Name), reading.AtUs / 1_000_000m);
                for (int i = 0; i < reading.Values.Length; i++) file.WriteLine($"{head},{Row(Quoted(course.Columns[i]), reading.Values[i])}");
                if (reading.Note is { } note) file.WriteLine($"{head},note,{Quoted(note)}");
            }
        }
    }
}
