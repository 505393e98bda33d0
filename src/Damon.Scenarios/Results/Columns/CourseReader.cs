namespace Damon.Scenarios.Results.Columns;

/// <summary>Gives back the quantities of readings from their courses over time.</summary>
internal sealed class CourseReader : CourseTrail
{
    private readonly Dictionary<string, Column> _columns = [];

    /// <summary>Reads what a <see cref="CourseWriter"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="hosts">How many hosts the chunk has.</param>
    public CourseReader(BinaryReader reader, int hosts)
    {
        int columns = reader.Read7BitEncodedInt();
        for (int i = 0; i < columns; i++)
        {
            string name = reader.ReadString();
            Column column = new(name, reader.ReadBoolean());
            if (!_columns.TryAdd(name, column)) throw new ChunkException($"the column of {name} is there twice");
            int courses = reader.Read7BitEncodedInt();
            for (int j = 0; j < courses; j++)
            {
                int host = reader.Read7BitEncodedInt();
                if ((uint)host >= (uint)hosts) throw new ChunkException($"a course of {name} is that of host {host}, of {hosts}");
                Track track = column.FindOrAdd((ulong)reader.Read7BitEncodedInt64());
                if (track.Of(host) is not null) throw new ChunkException($"the course of {name} is there twice");
                column.Begin(track, host).Read(reader);
            }
        }
    }

    /// <summary>Whether nothing is left.</summary>
    public bool IsTaken => _columns.Values.All(column => column.Courses.TrueForAll(course => course.IsTaken));

    public override ulong Number(string name, ulong value) => CourseOf(name, isReal: false).Take();

    public override double Real(string name, double value) => BitConverter.UInt64BitsToDouble(CourseOf(name, isReal: true).Take());

    protected override Track Find(string name, ulong place, bool isReal) =>
        (_columns.TryGetValue(name, out Column? column) ? column.Find(place) : null) ?? throw Missing(name);

    private Course CourseOf(string name, bool isReal) => TrackOf(name, isReal).Of(Host) ?? throw Missing(name);

    private static ChunkException Missing(string name) => new($"there is no course of {name}");
}
