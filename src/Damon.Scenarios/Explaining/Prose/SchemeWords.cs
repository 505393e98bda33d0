using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Filters;

namespace Damon.Scenarios.Explaining.Prose;

/// <summary>Says what a scheme does.</summary>
internal static class SchemeWords
{
    /// <summary>One sentence.</summary>
    public static string Summary(ConfiguredScheme scheme)
    {
        StagedScheme staged = scheme.Staged;
        string every = staged.ApplyIntervalUs == 0 ? "every aggregation" : $"every {Amounts.Microseconds(staged.ApplyIntervalUs)}";
        List<string> clauses = [$"{Verb(staged.Action)} memory {Pattern(scheme)}{Destination(scheme)}", every, Limit(scheme)];
        if (Pages(scheme) is { } pages) clauses.Insert(1, pages);
        if (staged.Watermarks.Metric == WatermarkMetric.FreeMemRate)
            clauses.Add($"while {Permil(staged.Watermarks.Low)}..{Permil(staged.Watermarks.High)} of the memory is free (begins below "
                + $"{Permil(staged.Watermarks.Mid)})");
        if (staged.MaxNrSnapshots > 0) clauses.Add($"{Amounts.Count(staged.MaxNrSnapshots, "time")} at most");
        return string.Join(", ", clauses);
    }

    private static string Verb(SchemeAction action) => action switch
    {
        SchemeAction.MigrateHot => "moves, hottest first,",
        SchemeAction.MigrateCold => "moves, coldest first,",
        SchemeAction.Pageout => "reclaims, coldest first,",
        SchemeAction.LruPrio => "puts on the active list, hottest first,",
        SchemeAction.LruDeprio => "puts on the inactive list, coldest first,",
        SchemeAction.Stat => "counts",
        _ => $"advises {Keywords.Actions.Word(action)} for",
    };

    private static string Pattern(ConfiguredScheme scheme)
    {
        ulong most = scheme.Context.MaxSamples;
        bool hasTop = scheme.MaxSamples < most;
        string rate = (scheme.MinSamples, hasTop) switch
        {
            (0, false) => "at any access rate",
            (0, true) when scheme.MaxSamples == 0 => $"not accessed in any of {Amounts.Count(most, "sample")}",
            (0, true) => $"accessed in <= {scheme.MaxSamples} of {Amounts.Count(most, "sample")}",
            (_, false) => $"accessed in >= {scheme.MinSamples} of {Amounts.Count(most, "sample")}",
            _ => $"accessed in {scheme.MinSamples}..{scheme.MaxSamples} of {Amounts.Count(most, "sample")}",
        };
        StagedAccessPattern pattern = scheme.Staged.AccessPattern;
        ulong aggregation = scheme.Context.Staged.AggrUs;
        if (pattern.MinAge > 0) rate += $" for at least {Amounts.Microseconds(scheme.MinAge * aggregation)}";
        if (scheme.HasAgeLimit) rate += $" for at most {Amounts.Microseconds(scheme.MaxAge * aggregation)}";
        if (pattern.MinSize > 0 || pattern.MaxSize < ulong.MaxValue)
        {
            string largest = pattern.MaxSize == ulong.MaxValue ? "" : Amounts.Bytes(pattern.MaxSize);
            rate += $" in regions of {Amounts.Bytes(pattern.MinSize)}..{largest}";
        }


        return rate;
    }

    private static string Destination(ConfiguredScheme scheme)
    {
        if (!scheme.IsMigration) return "";
        if (scheme.TargetNode is { } node) return $" to node {node}";
        return scheme.Staged.Destinations.Count == 0
            ? " to no node"
            : $" to nodes {string.Join(", ", scheme.Staged.Destinations.Select(dest => $"{dest.Nid} (weight {dest.Weight})"))}";
    }

    private static string? Pages(ConfiguredScheme scheme)
    {
        if (scheme.Staged.OpsFilters.Count + scheme.Staged.CoreFilters.Count == 0) return null;
        FilterChain chain = scheme.Filters;
        List<string> parts = [.. chain.Memcgs.Where(chain.PassesAny).Select(path => $"{Of(chain, path)} of {path}")];
        if (chain.PassesAny(null)) parts.Add(chain.Memcgs.Count == 0 ? Of(chain, null) : $"{Of(chain, null)} of everybody else");
        string pages = parts.Count == 0 ? "no page" : string.Join(" and ", parts);
        string core = string.Join(", then ", scheme.Staged.CoreFilters.Select(FilterWords.Words));
        return core.Length == 0 ? $"namely {pages}" : $"namely {pages} where {core} lets it";
    }

    private static string Of(FilterChain chain, string? memcg) => PassedPages.Of(chain, memcg) ?? "some pages (see the filters)";

    private static string Limit(ConfiguredScheme scheme)
    {
        StagedQuotas quotas = scheme.Staged.Quotas;
        List<string> limits = [];
        if (quotas.Bytes > 0) limits.Add($"{Amounts.Bytes(quotas.Bytes)}");
        if (quotas.Ms > 0) limits.Add($"{Amounts.Milliseconds(quotas.Ms)} of work");
        string window = Amounts.Milliseconds(quotas.ResetIntervalMs);
        string most = limits.Count == 0 ? "" : $"at most {string.Join(" and ", limits)} each {window}";
        if (!scheme.HasGoals) return most.Length == 0 ? "without any limit" : most;
        string goals = string.Join(" or ", quotas.Goals.Select(goal => GoalMeanings.Until(scheme, goal)));
        return $"{(most.Length == 0 ? "as fast as its goal lets it" : $"{most}, less as its goal tells")}, until {goals}";
    }

    private static string Permil(ulong permil) => Amounts.BasisPoints(permil * 10);
}
