namespace Damon.Model.Workloads.Replays;

/// <summary>Pages that monitoring saw alike in one aggregation.</summary>
/// <param name="First">The first page, counted from the process's first.</param>
/// <param name="End">One more than the last page.</param>
/// <param name="Samples">How many samples of the aggregation found an access; at least 1.</param>
public readonly record struct AccessedPages(uint First, uint End, uint Samples);
