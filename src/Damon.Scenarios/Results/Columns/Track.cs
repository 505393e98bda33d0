namespace Damon.Scenarios.Results.Columns;

/// <summary>One quantity at one place in readings: its course for each host.</summary>
/// <param name="name">The quantity.</param>
/// <param name="place">Which of several things of a kind, and within it, 16 bits each; 0: there is only one.</param>
/// <param name="isReal">Whether its values are real numbers.</param>
internal sealed class Track(string name, ulong place, bool isReal)
{
    private readonly List<Course?> _byHost = [];

    /// <summary>The place of one of several things within a place.</summary>
    public static ulong Within(ulong place, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ushort.MaxValue);
        return (place << 16) | (uint)(index + 1);
    }

    /// <summary>Whether it is that quantity at that place.</summary>
    public bool Is(string quantity, ulong where) => where == place && quantity == name;

    /// <summary>The course of a host; null: it has none.</summary>
    public Course? Of(int host) => host < _byHost.Count ? _byHost[host] : null;

    /// <summary>Begins the course of a host, which has none.</summary>
    public Course Begin(int host)
    {
        while (_byHost.Count <= host) _byHost.Add(null);
        return _byHost[host] = new Course(name, host, place, isReal);
    }
}
