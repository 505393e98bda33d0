using System.Collections.Immutable;
using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>What the core filters make of a region.</summary>
/// <param name="Rejected">The region is not for the scheme.</param>
/// <param name="Allowed">A filter allowed it by name, so the operations filters are not asked any more.</param>
public readonly record struct CoreVerdict(bool Rejected, bool Allowed);

/// <summary>The filters that the core evaluates region by region, and both groups' defaults (spec 8).</summary>
public sealed class CoreFilters
{
    private readonly ImmutableArray<SchemeFilter> _filters;
    private readonly bool _rejectsByDefault;

    /// <summary>Takes a scheme's filters of both kinds.</summary>
    public CoreFilters(ImmutableArray<SchemeFilter> filters)
    {
        _filters = [.. filters.Where(filter => filter.IsCore)];
        ImmutableArray<SchemeFilter> operations = [.. filters.Where(filter => !filter.IsCore)];
        OperationsRejectByDefault = RejectsByDefault(operations);
        _rejectsByDefault = operations.IsEmpty && RejectsByDefault(_filters);
    }

    /// <summary>Whether memory that no operations filter matches is rejected.</summary>
    public bool OperationsRejectByDefault { get; }

    /// <summary>Whether memory that no core filter matches is rejected.</summary>
    public bool CoreRejectsByDefault => _rejectsByDefault;

    /// <summary>Passes a region through the filters; the first that matches decides.</summary>
    /// <param name="targetIndex">The region's target.</param>
    /// <param name="region">The region; one that straddles a filter's border is cut at the border.</param>
    /// <param name="minRegionSize">Grain of the address ranges.</param>
    /// <param name="cuts">Takes the cuts.</param>
    public CoreVerdict Judge(int targetIndex, ref Region region, ulong minRegionSize, RegionCutList cuts)
    {
        foreach (SchemeFilter filter in _filters)
        {
            bool matched = filter.Type == SchemeFilterType.Target
                ? (int)filter.From == targetIndex
                : IsInside(filter, targetIndex, ref region, minRegionSize, cuts);
            if (matched == filter.Matching) return new CoreVerdict(!filter.Allow, filter.Allow);
        }

        return new CoreVerdict(_rejectsByDefault, false);
    }

    private static bool IsInside(
        SchemeFilter filter, int targetIndex, ref Region region, ulong minRegionSize, RegionCutList cuts)
    {
        ulong from = KernelArithmetic.AlignDown(filter.From, minRegionSize);
        ulong to = KernelArithmetic.AlignDown(filter.To, minRegionSize);
        if (from <= region.Start && region.End <= to) return true;
        if (region.End <= from || to <= region.Start) return false;
        bool startsInside = region.Start >= from;
        cuts.Cut(targetIndex, ref region, startsInside ? to : from);
        return startsInside;
    }

    private static bool RejectsByDefault(ImmutableArray<SchemeFilter> group) => !group.IsEmpty && group[^1].Allow;
}
