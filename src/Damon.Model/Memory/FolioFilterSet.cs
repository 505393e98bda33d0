namespace Damon.Model.Memory;

/// <summary>
/// Filters in their order and what becomes of a folio that none is for (spec section 8). The first filter that is for
/// the folio decides.
/// </summary>
public sealed class FolioFilterSet
{
    private readonly FolioFilter[] _filters;

    /// <summary>Creates the set.</summary>
    /// <param name="filters">The filters, the first decides first.</param>
    /// <param name="defaultReject">Whether a folio that no filter is for is filtered out.</param>
    public FolioFilterSet(IEnumerable<FolioFilter> filters, bool defaultReject)
    {
        _filters = [.. filters];
        DefaultReject = defaultReject;
    }

    /// <summary>Every folio passes and none is looked at: no filters, or a core filter already allowed the region.</summary>
    public static FolioFilterSet PassAll { get; } = new([], defaultReject: false);

    /// <summary>The filters in order.</summary>
    public ReadOnlySpan<FolioFilter> Filters => _filters;

    /// <summary>Whether a folio that no filter is for is filtered out.</summary>
    public bool DefaultReject { get; }

    /// <summary>The same with one more filter at the end; the default stays as it was.</summary>
    public FolioFilterSet Append(FolioFilter filter) => new([.. _filters, filter], DefaultReject);

    /// <summary>Whether a filter of this kind is among them.</summary>
    public bool Has(FolioFilterType type) => Array.Exists(_filters, f => f.Type == type);
}
