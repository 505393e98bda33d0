using System.Collections.Immutable;

namespace Damon.Model.Workloads;

/// <summary>What a workload does to one process: how its pages are used, and when they come and go.</summary>
/// <param name="PageShift">log2 of the size of one of its pages: the frames' size, or 21 when it uses 2 MiB folios.</param>
/// <param name="Pattern">Its pages and how they are used.</param>
/// <param name="Events">Allocations and frees, in the order of their time.</param>
public sealed record WorkloadPlan(int PageShift, ProcessPattern Pattern, ImmutableArray<MemoryEvent> Events);
