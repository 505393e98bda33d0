namespace Damon.Model.Workloads;

/// <summary>Tells whether a page is in a set, without a division.</summary>
internal readonly struct StridedPages
{
    private readonly uint _first;
    private readonly uint _span;
    private readonly ulong _inverse;

    /// <param name="basePage">Where the process begins in the host's page space.</param>
    /// <param name="pages">The set, not empty.</param>
    public StridedPages(uint basePage, PageSet pages)
    {
        uint stride = Math.Max(pages.Stride, 1);
        _first = checked(basePage + pages.First);
        _span = (uint)(pages.End - pages.First);
        _inverse = stride == 1 ? 0 : (ulong.MaxValue / stride) + 1;
    }

    /// <remarks>n is divisible by d exactly when n * ceil(2^64 / d), cut to 64 bits, is below ceil(2^64 / d) (32-bit n, d).</remarks>
    public bool Contains(uint page)
    {
        uint distance = page - _first;
        return distance < _span && unchecked(distance * _inverse <= _inverse - 1);
    }
}
