using System.Collections.Immutable;
using Damon.Model.Workloads;

namespace Damon.Scenarios;

/// <summary>A process of which a report tells where its hottest memory is, and how often its folios moved.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its index in the host's settings.</param>
/// <param name="FirstHot">The first page of its hottest memory: what it touches most often.</param>
/// <param name="NrHot">The number of pages of its hottest memory.</param>
/// <param name="FolioBytes">The size of its folios, bytes.</param>
public sealed record FollowedProcess(string Name, int Index, uint FirstHot, uint NrHot, ulong FolioBytes)
{
    /// <summary>The process of a plan.</summary>
    public static FollowedProcess Of(string name, int index, WorkloadPlan plan)
    {
        ImmutableArray<TouchRule> periodic = [.. plan.Pattern.Rules.OfType<TouchRule>()];
        long shortest = periodic.IsEmpty ? 0 : periodic.Min(rule => rule.PeriodUs);
        PageSet[] hottest = [.. periodic.Where(rule => rule.PeriodUs == shortest).Select(rule => rule.Pages)];
        bool isKnown = hottest.Length > 0 && periodic.Length == plan.Pattern.Rules.Length;
        uint first = isKnown ? hottest.Min(pages => pages.First) : 0;
        uint end = isKnown ? (uint)hottest.Max(pages => pages.End) : plan.Pattern.PageCount;
        return new FollowedProcess(name, index, first, end - first, 1UL << plan.PageShift);
    }
}
