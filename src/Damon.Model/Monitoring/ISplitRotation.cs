namespace Damon.Model.Monitoring;

/// <summary>
/// The two variables that all kdamonds of one kernel share in splitting regions (sections 0 and 4). Both
/// start at 0; who owns the simulated host owns them.
/// </summary>
public interface ISplitRotation
{
    /// <summary>Counts the walks that split only some regions, so that each takes others.</summary>
    uint Rotation { get; set; }

    /// <summary>How many regions the last walk of any context began with.</summary>
    uint LastNrRegions { get; set; }
}
