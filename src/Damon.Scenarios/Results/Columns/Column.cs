namespace Damon.Scenarios.Results.Columns;

/// <summary>One quantity at all places.</summary>
/// <param name="name">The quantity.</param>
/// <param name="isReal">Whether its values are real numbers.</param>
internal sealed class Column(string name, bool isReal)
{
    private readonly Dictionary<ulong, Track> _tracks = [];

    /// <summary>Whether its values are real numbers.</summary>
    public bool IsReal => isReal;

    /// <summary>All courses, in the order in which they came up.</summary>
    public List<Course> Courses { get; } = [];

    /// <summary>The quantity at a place; null: it is not there.</summary>
    public Track? Find(ulong place) => _tracks.GetValueOrDefault(place);

    /// <summary>The quantity at a place, new if need be.</summary>
    public Track FindOrAdd(ulong place)
    {
        if (!_tracks.TryGetValue(place, out Track? track)) _tracks.Add(place, track = new Track(name, place, isReal));
        return track;
    }

    /// <summary>Begins the course of a host at a place, where it has none.</summary>
    public Course Begin(Track track, int host)
    {
        Course course = track.Begin(host);
        Courses.Add(course);
        return course;
    }
}
