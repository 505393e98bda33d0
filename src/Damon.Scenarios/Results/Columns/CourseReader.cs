namespace Damon.Scenarios.Results.Columns;

/// <summary>Gives back the quantities of readings from their courses over time.</summary>
internal sealed class CourseReader : IQuantities
{
    private readonly Dictionary<CourseKey, Course> _courses = [];
    private readonly Stack<ulong> _outer = new();
    private ulong _place;

    /// <summary>Reads what a <see cref="CourseWriter"/> wrote.</summary>
    public CourseReader(BinaryReader reader)
    {
        int columns = reader.Read7BitEncodedInt();
        for (int i = 0; i < columns; i++)
        {
            string name = reader.ReadString();
            bool isReal = reader.ReadBoolean();
            int courses = reader.Read7BitEncodedInt();
            for (int j = 0; j < courses; j++)
            {
                Course course = new(new CourseKey(name, reader.Read7BitEncodedInt(), (ulong)reader.Read7BitEncodedInt64()), isReal);
                course.Read(reader);
                if (!_courses.TryAdd(course.Key, course)) throw new ChunkException($"the course of {name} is there twice");
            }
        }
    }

    /// <summary>The host whose readings follow: its place in the chunk.</summary>
    public int Host { get; set; }

    /// <summary>Whether nothing is left.</summary>
    public bool IsTaken => _courses.Values.All(course => course.IsTaken);

    public ulong Number(string name, ulong value) => Take(name);

    public double Real(string name, double value) => BitConverter.UInt64BitsToDouble(Take(name));

    public void Enter(int index)
    {
        _outer.Push(_place);
        _place = CourseKey.Within(_place, index);
    }

    public void Leave() => _place = _outer.Pop();

    private ulong Take(string name) => _courses.TryGetValue(new CourseKey(name, Host, _place), out Course? course)
        ? course.Take()
        : throw new ChunkException($"there is no course of {name}");
}
