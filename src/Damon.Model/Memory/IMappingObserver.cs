namespace Damon.Model.Memory;

/// <summary>Who is told of every change of a page table.</summary>
public interface IMappingObserver
{
    /// <summary>A page's entry changes.</summary>
    /// <param name="page">The virtual page.</param>
    /// <param name="from">What it was: a frame, a <see cref="SwapEntry"/> or <see cref="NodeMemory.NoPfn"/>.</param>
    /// <param name="to">What it is from now on, likewise.</param>
    void Changed(uint page, ulong from, ulong to);
}
