namespace Damon.Model.Schemes;

/// <summary>A place where a region is cut in two.</summary>
/// <param name="TargetIndex">The region's target.</param>
/// <param name="Address">The first address of the right part, core address units.</param>
public readonly record struct RegionCut(int TargetIndex, ulong Address);

/// <summary>The cuts that a scheme makes, in the order in which it makes them.</summary>
public sealed class RegionCutList
{
    private static readonly Comparison<RegionCut> ByAddress =
        (a, b) => a.TargetIndex != b.TargetIndex ? a.TargetIndex.CompareTo(b.TargetIndex) : a.Address.CompareTo(b.Address);

    private RegionCut[] _cuts = new RegionCut[16];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The cuts so far; valid until the list changes.</summary>
    public ReadOnlyMemory<RegionCut> Memory => _cuts.AsMemory(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Cuts a region: it keeps what is left of <paramref name="address"/>.</summary>
    public void Cut(int targetIndex, ref Monitoring.Region region, ulong address)
    {
        if (Count == _cuts.Length) Array.Resize(ref _cuts, Count * 2);
        _cuts[Count++] = new RegionCut(targetIndex, address);
        region.End = address;
    }

    /// <summary>The lowest cut above an address among those from <paramref name="first"/> on, or the limit.</summary>
    public ulong NearestAbove(int first, ulong address, ulong limit)
    {
        foreach (RegionCut cut in _cuts.AsSpan(first, Count - first))
        {
            if (cut.Address > address && cut.Address < limit) limit = cut.Address;
        }

        return limit;
    }

    /// <summary>Brings the cuts into address order, target by target.</summary>
    public void Sort()
    {
        if (Count > 1) _cuts.AsSpan(0, Count).Sort(ByAddress);
    }
}
