namespace Damon.Scenarios.Results.Columns;

/// <summary>Sorts the quantities of readings into courses over time.</summary>
internal sealed class CourseWriter : CourseTrail
{
    private readonly OrderedDictionary<string, Column> _columns = [];

    public override ulong Number(string name, ulong value)
    {
        CourseOf(name, isReal: false).Add(value);
        return value;
    }

    public override double Real(string name, double value)
    {
        CourseOf(name, isReal: true).Add(BitConverter.DoubleToUInt64Bits(value));
        return value;
    }

    /// <summary>Writes all courses, quantity by quantity.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_columns.Count);
        foreach ((string name, Column column) in _columns)
        {
            writer.Write(name);
            writer.Write(column.IsReal);
            writer.Write7BitEncodedInt(column.Courses.Count);
            foreach (Course course in column.Courses)
            {
                writer.Write7BitEncodedInt(course.Host);
                writer.Write7BitEncodedInt64((long)course.Place);
                course.Write(writer);
            }
        }
    }

    protected override Track Find(string name, ulong place, bool isReal)
    {
        if (!_columns.TryGetValue(name, out Column? column)) _columns.Add(name, column = new Column(name, isReal));
        return column.FindOrAdd(place);
    }

    private Course CourseOf(string name, bool isReal)
    {
        Track track = TrackOf(name, isReal);
        return track.Of(Host) ?? _columns[name].Begin(track, Host);
    }
}
