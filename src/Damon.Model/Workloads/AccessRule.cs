namespace Damon.Model.Workloads;

/// <summary>One immutable statement about how a process uses some of its pages.</summary>
/// <param name="Pages">The pages, counted from the process's first.</param>
/// <param name="Window">When the rule holds.</param>
/// <param name="WritePercent">The share of the accesses that write, 0..100, for the cost model.</param>
public abstract record AccessRule(PageSet Pages, TimeWindow Window, int WritePercent);
