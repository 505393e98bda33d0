using Damon.Actors.Runtime;

namespace Damon.Actors.TestKit;

/// <summary>Runs the same world twice and names the first event in which the runs differ.</summary>
public static class DeterminismAudit
{
    /// <summary>Builds and runs a world twice.</summary>
    /// <param name="build">Builds the world from nothing; must leave nothing behind for the second time.</param>
    /// <param name="until">How far each is run.</param>
    /// <returns>Null if all deliveries were equal, otherwise the first difference in words.</returns>
    public static string? FirstDifference(Func<World> build, VirtualTime until)
    {
        ArgumentNullException.ThrowIfNull(build);
        return FirstDifference(Record(build(), until), Record(build(), until));
    }

    /// <summary>Compares two recorded runs.</summary>
    /// <returns>Null if they are equal, otherwise the first difference in words.</returns>
    public static string? FirstDifference(EventLog first, EventLog second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int common = Math.Min(first.Events.Count, second.Events.Count);
        for (int i = 0; i < common; i++)
        {
            if (first.Events[i] != second.Events[i]) return $"event {i} differs: '{first.Events[i]}' and '{second.Events[i]}'";
        }
        if (first.Events.Count == second.Events.Count) return null;
        EventLog longer = first.Events.Count > common ? first : second;
        return $"event {common} is in one run only: '{longer.Events[common]}'";
    }

    /// <summary>Runs a world and records its deliveries.</summary>
    public static EventLog Record(World world, VirtualTime until)
    {
        ArgumentNullException.ThrowIfNull(world);
        EventLog log = new();
        world.Trace = log;
        world.RunUntil(until);
        return log;
    }
}
