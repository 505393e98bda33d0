using System.Globalization;
using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Filters;

/// <summary>Writes filters as options of a damo command.</summary>
internal static class FilterWords
{
    /// <summary>One option for each filter.</summary>
    public static string Options(IEnumerable<StagedFilter> filters) => string.Join(' ', filters.Select(filter => $"--damos_filter "
        + $"{Words(filter)}"));

    /// <summary>The words of a filter: "reject none memcg /a".</summary>
    public static string Words(StagedFilter filter) => string.Join(' ', Parts(filter));

    private static IEnumerable<string> Parts(StagedFilter filter)
    {
        yield return filter.Allow ? "allow" : "reject";
        if (!filter.Matching) yield return "none";
        yield return Keywords.FilterTypes.Word(filter.Type);
        if (filter.MemcgPath is { } path) yield return path;
        if (filter.TargetIndex is { } index) yield return index.ToString(CultureInfo.InvariantCulture);
        if (filter.Range is not { } range) yield break;
        yield return range.Start.ToString(CultureInfo.InvariantCulture);
        yield return range.End.ToString(CultureInfo.InvariantCulture);
    }
}
