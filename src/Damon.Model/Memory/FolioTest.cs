using System.Runtime.CompilerServices;

namespace Damon.Model.Memory;

/// <summary>
/// A filter made ready for one walk over one node. All kinds but young are one comparison on the frame's word.
/// </summary>
internal readonly struct FolioTest
{
    private readonly ulong _mask;
    private readonly ulong _expected;
    private readonly bool _matching;

    private FolioTest(FolioFilter filter, ulong mask, ulong expected)
    {
        _mask = mask;
        _expected = expected;
        _matching = filter.Matching;
        Allow = filter.Allow;
        Young = filter.Type == FolioFilterType.Young;
    }

    /// <summary>Whether a folio that the test decides on passes.</summary>
    public bool Allow { get; }

    /// <summary>Whether the folio's accesses decide, which its word alone does not tell.</summary>
    public bool Young { get; }

    public static FolioTest From(in FolioFilter filter, MemcgTable memcgs, ulong frameBytes, ulong hugeBytes) => filter.Type switch
    {
        FolioFilterType.Anon => new(filter, Frame.Anon, Frame.Anon),
        FolioFilterType.Active => new(filter, Frame.Active, Frame.Active),
        FolioFilterType.Unmapped => new(filter, Frame.Mapped, 0),
        FolioFilterType.Memcg => OfMemcg(filter, memcgs.Find(filter.Memcg)),
        FolioFilterType.HugepageSize => OfSizes(filter, Holds(filter, frameBytes), Holds(filter, hugeBytes)),
        FolioFilterType.Young => new(filter, 0, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Type, "Not a filter on folios."),
    };

    /// <summary>Whether the filter is for a folio with this word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsFor(ulong word) => ((word & _mask) == _expected) == _matching;

    /// <summary>Whether the filter is for a folio that was found young or not.</summary>
    public bool IsForYoung(bool young) => young == _matching;

    private static FolioTest OfMemcg(in FolioFilter filter, int index) =>
        index > 0 ? new(filter, Frame.MemcgMask, (ulong)index << Frame.MemcgShift) : Constant(filter, false);

    private static FolioTest OfSizes(in FolioFilter filter, bool small, bool huge) =>
        small == huge
            ? Constant(filter, small)
            : new FolioTest(filter, Frame.StateMask, huge ? Frame.Huge : Frame.Small);

    private static FolioTest Constant(in FolioFilter filter, bool matches) => new(filter, 0, matches ? 0UL : 1UL);

    private static bool Holds(in FolioFilter filter, ulong bytes) => filter.MinBytes <= bytes && bytes <= filter.MaxBytes;
}
