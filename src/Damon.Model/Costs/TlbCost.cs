namespace Damon.Model.Costs;

/// <summary>
/// What it takes to translate addresses. A TLB keeps some translations, of small pages and of 2 MiB ones alike; an access whose
/// translation it does not keep waits for a walk over the page table.
/// </summary>
/// <param name="Entries">How many translations it keeps, 1 or more: the second level's, as the first one's misses are cheap.</param>
/// <param name="WalkNs">A walk to a small page, ns.</param>
/// <param name="HugeWalkNs">A walk to a 2 MiB page, which is a level shorter, ns.</param>
public sealed record TlbCost(int Entries, long WalkNs, long HugeWalkNs)
{
    /// <summary>1,536 entries (Intel's servers from Skylake to Cascade Lake); walks of 30 and 10 ns are estimates.</summary>
    public static TlbCost Skylake { get; } = new(1_536, 30, 10);

    /// <summary>Checks all figures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One makes no sense; it is named.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Entries);
        ArgumentOutOfRangeException.ThrowIfNegative(WalkNs);
        ArgumentOutOfRangeException.ThrowIfNegative(HugeWalkNs);
    }
}
