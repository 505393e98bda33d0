using Damon.Model.Monitoring;

namespace Damon.Model.Kdamonds;

/// <summary>
/// A kdamond's operations set: how an address space is sampled (spec 10). The loop knows nothing else of what it
/// monitors.
/// </summary>
public interface IOperations
{
    /// <summary>Whether the address space is a virtual one.</summary>
    bool IsVirtual { get; }

    /// <summary>Chooses initial regions for targets that have none, where the address space can.</summary>
    void Init(MonitoringContext context);

    /// <summary>Draws each region's sampling address and makes the memory there old.</summary>
    void PrepareAccessChecks(MonitoringContext context);

    /// <summary>Counts the regions whose sampled memory was touched since, and gives the highest nr_accesses.</summary>
    uint CheckAccesses(MonitoringContext context);

    /// <summary>Lets the probes look at each region's sampled memory (spec 14).</summary>
    /// <param name="context">The context.</param>
    /// <param name="drawSamples">Whether sampling addresses are drawn anew.</param>
    void ApplyProbes(MonitoringContext context, bool drawSamples);

    /// <summary>Follows changes of the monitored address ranges.</summary>
    void Update(MonitoringContext context);

    /// <summary>Whether a target can still be monitored.</summary>
    bool IsTargetValid(Target target);
}
