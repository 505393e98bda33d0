namespace Damon.Scenarios.Results.Columns;

/// <summary>Gives back the quantities of readings from their courses over time.</summary>
internal sealed class CourseReader : CourseTrail
{
    private readonly Dictionary<CourseKey, Course> _courses = [];

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

    /// <summary>Whether nothing is left.</summary>
    public bool IsTaken => _courses.Values.All(course => course.IsTaken);

    public override ulong Number(string name, ulong value) => CourseOf(name, isReal: false).Take();

    public override double Real(string name, double value) => BitConverter.UInt64BitsToDouble(CourseOf(name, isReal: true).Take());

    protected override Course Find(CourseKey key, bool isReal) =>
        _courses.TryGetValue(key, out Course? course) ? course : throw new ChunkException($"there is no course of {key.Name}");
}
