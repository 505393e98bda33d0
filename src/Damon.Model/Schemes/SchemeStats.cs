namespace Damon.Model.Schemes;

/// <summary>What a scheme did so far: damo's stats (spec 7).</summary>
public struct SchemeStats
{
    /// <summary>Regions the scheme was tried on.</summary>
    public ulong NrTried;

    /// <summary>Their bytes.</summary>
    public ulong SzTried;

    /// <summary>Regions of which at least one byte was changed.</summary>
    public ulong NrApplied;

    /// <summary>Bytes changed.</summary>
    public ulong SzApplied;

    /// <summary>Bytes that passed the operations filters.</summary>
    public ulong SzOpsFilterPassed;

    /// <summary>Charge windows in which the quota was used up.</summary>
    public ulong QtExceeds;

    /// <summary>Snapshots the scheme was applied to.</summary>
    public ulong NrSnapshots;
}
