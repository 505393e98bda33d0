namespace Damon.Model.Workloads;

/// <summary>What happens to a range of a process's pages.</summary>
public enum MemoryEventKind
{
    /// <summary>The pages that are not in memory are faulted in.</summary>
    Allocate,

    /// <summary>The pages that are in memory are freed.</summary>
    Free,
}
