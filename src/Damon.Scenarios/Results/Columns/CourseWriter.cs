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
            foreach (Course course in column.Courses.Values)
            {
                writer.Write7BitEncodedInt(course.Key.Host);
                writer.Write7BitEncodedInt64((long)course.Key.Place);
                course.Write(writer);
            }
        }
    }

    protected override Course Find(CourseKey key, bool isReal)
    {
        if (!_columns.TryGetValue(key.Name, out Column? column)) _columns.Add(key.Name, column = new Column(isReal));
        if (!column.Courses.TryGetValue(key, out Course? course)) column.Courses.Add(key, course = new Course(key, isReal));
        return course;
    }

    private sealed record Column(bool IsReal)
    {
        public OrderedDictionary<CourseKey, Course> Courses { get; } = [];
    }
}
