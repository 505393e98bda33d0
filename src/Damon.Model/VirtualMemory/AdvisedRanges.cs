using Damon.Model.Monitoring;

namespace Damon.Model.VirtualMemory;

/// <summary>
/// The advice about huge pages over an address space. The kernel keeps it in the flags of mappings, which it cuts where advice differs and
/// joins where it does not; so this is a list of ranges that never touch another of the same advice.
/// </summary>
public sealed class AdvisedRanges
{
    private readonly List<(ulong Start, ulong End, HugePageAdvice Advice)> _ranges = [];

    /// <summary>The ranges with an advice, in address order.</summary>
    public IReadOnlyList<(ulong Start, ulong End, HugePageAdvice Advice)> All => _ranges;

    /// <summary>Gives an advice for a range, in place of any that was there.</summary>
    /// <param name="range">The range, bytes.</param>
    /// <param name="advice">The advice; <see cref="HugePageAdvice.None"/> takes any back.</param>
    public void Advise(AddressRange range, HugePageAdvice advice)
    {
        if (range.Start >= range.End) return;
        (ulong start, ulong end) = (range.Start, range.End);
        int at = FirstEndingFrom(start);
        int behind = at;
        (ulong Start, ulong End, HugePageAdvice Advice)? left = null;
        (ulong Start, ulong End, HugePageAdvice Advice)? right = null;
        for (; behind < _ranges.Count && _ranges[behind].Start <= range.End; behind++)
        {
            (ulong Start, ulong End, HugePageAdvice Advice) old = _ranges[behind];
            if (old.Advice == advice) (start, end) = (Math.Min(start, old.Start), Math.Max(end, old.End));
            else
            {
                if (old.Start < range.Start) left = old with { End = range.Start };
                if (old.End > range.End) right = old with { Start = range.End };
            }
        }

        _ranges.RemoveRange(at, behind - at);
        if (right is { } after) _ranges.Insert(at, after);
        if (advice != HugePageAdvice.None) _ranges.Insert(at, (start, end, advice));
        if (left is { } before) _ranges.Insert(at, before);
    }

    /// <summary>The advice for all of a range.</summary>
    /// <param name="range">The range, bytes, not empty.</param>
    /// <returns>Null: parts of it differ.</returns>
    public HugePageAdvice? Of(AddressRange range)
    {
        int at = FirstEndingFrom(range.Start + 1);
        if (at == _ranges.Count || _ranges[at].Start >= range.End) return HugePageAdvice.None;
        return _ranges[at].Start <= range.Start && range.End <= _ranges[at].End ? _ranges[at].Advice : null;
    }

    /// <summary>Forgets the advice for what is not mapped any more.</summary>
    /// <param name="layout">What is mapped.</param>
    public void Keep(VmaLayout layout)
    {
        ulong unmapped = 0;
        foreach (Vma vma in layout.Vmas)
        {
            Advise(new AddressRange(unmapped, vma.Start), HugePageAdvice.None);
            unmapped = vma.End;
        }

        Advise(new AddressRange(unmapped, ulong.MaxValue), HugePageAdvice.None);
    }

    /// <summary>Index of the first range that ends at or behind an address.</summary>
    private int FirstEndingFrom(ulong address)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_ranges[middle].End < address) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
