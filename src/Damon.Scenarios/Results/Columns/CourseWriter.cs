namespace Damon.Scenarios.Results.Columns;

/// <summary>Sorts the quantities of readings into courses over time.</summary>
internal sealed class CourseWriter : IQuantities
{
    private readonly OrderedDictionary<string, Column> _columns = [];
    private readonly Stack<ulong> _outer = new();
    private ulong _place;

    /// <summary>The host whose readings follow: its place in the chunk.</summary>
    public int Host { get; set; }

    public ulong Number(string name, ulong value)
    {
        CourseOf(name, isReal: false).Add(value);
        return value;
    }

    public double Real(string name, double value)
    {
        CourseOf(name, isReal: true).Add(BitConverter.DoubleToUInt64Bits(value));
        return value;
    }

    public void Enter(int index)
    {
        _outer.Push(_place);
        _place = CourseKey.Within(_place, index);
    }

    public void Leave() => _place = _outer.Pop();

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

    private Course CourseOf(string name, bool isReal)
    {
        if (!_columns.TryGetValue(name, out Column? column)) _columns.Add(name, column = new Column(isReal));
        CourseKey key = new(name, Host, _place);
        if (!column.Courses.TryGetValue(key, out Course? course)) column.Courses.Add(key, course = new Course(key, isReal));
        return course;
    }

    private sealed record Column(bool IsReal)
    {
        public OrderedDictionary<CourseKey, Course> Courses { get; } = [];
    }
}
