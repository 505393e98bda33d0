namespace Damon.Store.Runs;

/// <summary>Where a run is in its life. Only running runs give shards to workers.</summary>
public enum RunState
{
    /// <summary>Workers may claim its shards and compute.</summary>
    Running,

    /// <summary>Workers finish and commit the window they are in and then wait.</summary>
    Paused,

    /// <summary>All windows are computed; it has a digest.</summary>
    Finished,

    /// <summary>It cannot go on; it has a failure text.</summary>
    Failed,

    /// <summary>Somebody stopped it; it can be set running again and goes on where it was.</summary>
    Stopped,
}

/// <summary>Which changes of state there are.</summary>
public static class RunStates
{
    /// <summary>The states from which a run may come to <paramref name="state"/>.</summary>
    public static IReadOnlyList<RunState> Before(RunState state) => state switch
    {
        RunState.Running => [RunState.Paused, RunState.Stopped],
        RunState.Paused => [RunState.Running],
        RunState.Finished => [RunState.Running, RunState.Paused],
        RunState.Failed => [RunState.Running, RunState.Paused],
        RunState.Stopped => [RunState.Running, RunState.Paused],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Whether nothing of the run is computed any more: finished, failed or stopped.</summary>
    public static bool IsOver(this RunState state) => state is RunState.Finished or RunState.Failed or RunState.Stopped;
}
