using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Kdamonds;

/// <summary>What a kdamond's loop needs besides its operations set.</summary>
public interface IKdamondPorts : ISplitRotation
{
    /// <summary>The kernel's tick, ms since boot.</summary>
    ulong Jiffies { get; }

    /// <summary>Virtual time, us.</summary>
    ulong NowUs { get; }

    /// <summary>Whether the kdamond has been told to end.</summary>
    bool ShouldStop { get; }

    /// <summary>Runs the requests that wait for this kdamond: commits, feeds, pauses (spec 3, step 6).</summary>
    void RunControlRequests();

    /// <summary>Makes the agent of a new scheme.</summary>
    ISchemeAgent AddScheme(int index, SchemeSettings settings);

    /// <summary>An aggregation is complete; its counters are still those of the finished window.</summary>
    void Aggregated();

    /// <summary>An iteration of the loop is over.</summary>
    /// <param name="aggregated">Whether an aggregation ended in it.</param>
    /// <param name="applied">Whether a scheme's apply interval came in it.</param>
    void IterationEnded(bool aggregated, bool applied);

    /// <summary>The loop is over.</summary>
    /// <param name="hasTargets">Whether it was told to end; false: it ran out of targets.</param>
    void Ended(bool hasTargets);
}
