namespace Damon.Scenarios.Results.Columns;

/// <summary>
/// Finds the course of each quantity that a reading comes to. Readings, also those of different hosts, come to the same ones in the same
/// order as a rule, so the last reading's trail is tried first.
/// </summary>
internal abstract class CourseTrail : IQuantities
{
    private readonly List<Track> _trail = [];
    private readonly Stack<ulong> _outer = new();
    private int _step;
    private ulong _place;

    /// <summary>Whose reading it is: the host's place in the chunk.</summary>
    protected int Host { get; private set; }

    /// <summary>A reading follows.</summary>
    /// <param name="host">Whose: its place in the chunk.</param>
    public void Begin(int host)
    {
        Host = host;
        _step = 0;
    }

    public abstract ulong Number(string name, ulong value);

    public abstract double Real(string name, double value);

    public void Enter(int index)
    {
        _outer.Push(_place);
        _place = Track.Within(_place, index);
    }

    public void Leave() => _place = _outer.Pop();

    /// <summary>The track of a quantity at the place where the reading is.</summary>
    protected Track TrackOf(string name, bool isReal)
    {
        if (_step < _trail.Count && _trail[_step].Is(name, _place)) return _trail[_step++];
        Track track = Find(name, _place, isReal);
        if (_step == _trail.Count) _trail.Add(track);
        else _trail[_step] = track;
        _step++;
        return track;
    }

    /// <summary>Finds a track that is not where it was in the last reading.</summary>
    protected abstract Track Find(string name, ulong place, bool isReal);
}
