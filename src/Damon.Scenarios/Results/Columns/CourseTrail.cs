namespace Damon.Scenarios.Results.Columns;

/// <summary>
/// Finds the course of each quantity that a reading comes to. Readings come to the same ones in the same order as a rule, so the last
/// reading's trail is tried first.
/// </summary>
internal abstract class CourseTrail : IQuantities
{
    private readonly List<Course> _trail = [];
    private readonly Stack<ulong> _outer = new();
    private int _step;
    private int _host;
    private ulong _place;

    /// <summary>A reading follows.</summary>
    /// <param name="host">Whose: its place in the chunk.</param>
    public void Begin(int host)
    {
        _host = host;
        _step = 0;
    }

    public abstract ulong Number(string name, ulong value);

    public abstract double Real(string name, double value);

    public void Enter(int index)
    {
        _outer.Push(_place);
        _place = CourseKey.Within(_place, index);
    }

    public void Leave() => _place = _outer.Pop();

    /// <summary>The course of a quantity at the place where the reading is.</summary>
    protected Course CourseOf(string name, bool isReal)
    {
        CourseKey key = new(name, _host, _place);
        if (_step < _trail.Count && _trail[_step].Key == key) return _trail[_step++];
        Course course = Find(key, isReal);
        if (_step == _trail.Count) _trail.Add(course);
        else _trail[_step] = course;
        _step++;
        return course;
    }

    /// <summary>Finds a course that is not where it was in the last reading.</summary>
    protected abstract Course Find(CourseKey key, bool isReal);
}
