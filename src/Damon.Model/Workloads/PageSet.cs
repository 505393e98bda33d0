namespace Damon.Model.Workloads;

/// <summary>Pages <c>First + j * Stride</c> of a process, for 0 &lt;= j &lt; Count.</summary>
/// <param name="First">The first page.</param>
/// <param name="Count">The number of pages.</param>
/// <param name="Stride">The distance between two; 0 and 1 both mean a contiguous run.</param>
public readonly record struct PageSet(uint First, uint Count, uint Stride = 1)
{
    /// <summary>Whether the pages are one run.</summary>
    public bool IsContiguous => Stride <= 1 || Count <= 1;

    /// <summary>One more than the highest page; <see cref="First"/> when there are none.</summary>
    public ulong End => Count == 0 ? First : First + ((Count - 1UL) * Math.Max(Stride, 1)) + 1;
}
