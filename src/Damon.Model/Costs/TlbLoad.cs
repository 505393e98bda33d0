namespace Damon.Model.Costs;

/// <summary>
/// A TLB under the accesses of a process in a window. It keeps the translations that are used most often; every access by another one is a
/// page walk. That is the best that any TLB can do with accesses in random order.
/// </summary>
/// <param name="cost">The TLB.</param>
/// <param name="pagesOfHuge">The small pages of a 2 MiB page.</param>
internal sealed class TlbLoad(TlbCost cost, uint pagesOfHuge)
{
    private const ulong PsPerNs = 1_000;

    private readonly List<Translations> _all = [];

    /// <summary>Adds small pages: a translation each.</summary>
    /// <param name="pages">How many.</param>
    /// <param name="microUses">How often each is accessed, in millionths.</param>
    public void AddSmall(ulong pages, UInt128 microUses) => Add(pages * pagesOfHuge, microUses * pages, cost.WalkNs);

    /// <summary>Adds small pages that 2 MiB pages map: a translation for all those that lie in one.</summary>
    /// <param name="pages">How many.</param>
    /// <param name="stride">The distance from one to the next: the farther apart, the fewer lie in one.</param>
    /// <param name="microUses">How often each is accessed, in millionths.</param>
    public void AddHuge(ulong pages, uint stride, UInt128 microUses) =>
        Add(pages * Math.Clamp(stride, 1, pagesOfHuge), microUses * pages, cost.HugeWalkNs);

    /// <summary>The time that walks take, millionths of a ps.</summary>
    public UInt128 MicroPs()
    {
        // Whole numbers, so that equal heat is equal; then the order in which they were added decides.
        Translations[] hottestFirst = [.. _all.OrderByDescending(one => one.MicroUses / one.Parts)];
        ulong room = (ulong)cost.Entries * pagesOfHuge;
        UInt128 sum = 0;
        foreach (Translations one in hottestFirst)
        {
            ulong kept = Math.Min(room, one.Parts);
            room -= kept;
            (UInt128 each, UInt128 rest) = UInt128.DivRem(one.MicroUses, one.Parts);
            ulong missing = one.Parts - kept;
            sum += ((each * missing) + (rest * missing / one.Parts)) * (ulong)one.WalkNs * PsPerNs;
        }

        return sum;
    }

    private void Add(ulong parts, UInt128 microUses, long walkNs)
    {
        if (parts > 0) _all.Add(new Translations(parts, microUses, walkNs));
    }

    /// <summary>Translations that are used alike.</summary>
    /// <param name="Parts">How many, in parts of which a translation has as many as a 2 MiB page has small pages.</param>
    /// <param name="MicroUses">How often all are used, in millionths.</param>
    /// <param name="WalkNs">What a miss takes, ns.</param>
    private readonly record struct Translations(ulong Parts, UInt128 MicroUses, long WalkNs);
}
