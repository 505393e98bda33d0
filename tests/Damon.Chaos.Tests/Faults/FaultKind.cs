namespace Damon.Chaos.Tests.Faults;

/// <summary>What can go wrong with a cluster.</summary>
internal enum FaultKind
{
    /// <summary>A worker is killed at a step of one of its transactions.</summary>
    KillAtPoint,

    /// <summary>A worker is killed wherever it is.</summary>
    KillWorker,

    /// <summary>A worker stands still until after its lease, and then goes on as if nothing had been.</summary>
    FreezeWorker,

    /// <summary>A worker is told to stop, and another one started.</summary>
    DrainWorker,

    /// <summary>The database server is stopped and started.</summary>
    RestartServer,

    /// <summary>The database server crashes and is started.</summary>
    CrashServer,

    /// <summary>All connections to the database are cut.</summary>
    CutConnections,

    /// <summary>The database cannot be reached for a while.</summary>
    CloseNetwork,

    /// <summary>The database's disk is slow for a while.</summary>
    SlowDisk,

    /// <summary>The database's disk is full for a while.</summary>
    FullDisk,

    /// <summary>A worker joins whose clock is an hour off.</summary>
    ClockOff,

    /// <summary>A worker joins that has another version of the code.</summary>
    OtherCode,

    /// <summary>A worker joins that has the name of another one.</summary>
    TwinName,

    /// <summary>More workers than before join and share the work.</summary>
    MoreWorkers,
}
