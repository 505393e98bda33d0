namespace Damon.Model.Memory;

/// <summary>Who is told of every change of a page table.</summary>
public interface IMappingObserver
{
    /// <summary>A page's entry changes.</summary>
    /// <param name="page">The virtual page.</param>
    /// <param name="from">What it was: a frame, a <see cref="SwapEntry"/> or <see cref="NodeMemory.NoPfn"/>.</param>
    /// <param name="to">What it is from now on, likewise.</param>
    void Changed(uint page, ulong from, ulong to);

    /// <summary>
    /// 512 pages come to be mapped by one 2 MiB folio, or it moves; told before the entries change, so that the table still says what
    /// they were. <see cref="Changed"/> is not told of them.
    /// </summary>
    /// <param name="first">The first virtual page.</param>
    /// <param name="to">The folio's first frame from now on.</param>
    /// <param name="wasBlock">Whether one folio mapped them before as well.</param>
    void BlockMapped(uint first, ulong to, bool wasBlock);

    /// <summary>512 pages that one folio mapped are mapped one by one from now on, where they are.</summary>
    /// <param name="first">The first virtual page.</param>
    void BlockSplit(uint first);
}
