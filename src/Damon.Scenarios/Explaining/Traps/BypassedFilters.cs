using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Filters;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>An address or target filter that allows: memory that it matches goes past all page filters (spec 8).</summary>
internal sealed class BypassedFilters : ITrap
{
    private const string Why =
        "address and target filters are evaluated first, whatever their place on the line, and memory that one of them allows is not "
            + "judged by the page filters any more";

    public string Name => "bypassed page filters";

    public IEnumerable<Finding> Find(Configuration configuration)
    {
        foreach (ConfiguredScheme scheme in configuration.Schemes)
        {
            StagedFilter[] allowing = [.. scheme.Staged.CoreFilters.Where(filter => filter.Allow)];
            if (allowing.Length == 0 || scheme.Staged.OpsFilters.Count == 0) continue;
            string words = string.Join(", ", allowing.Select(FilterWords.Words));
            yield return new Finding(
                Name,
                scheme.Place,
                $"'{words}' lets every page there pass, so '{FilterWords.Words(scheme.Staged.OpsFilters[0])}' is not asked for them",
                Why,
                FilterWords.Options(allowing),
                allowing.Length == 1
                    ? FilterWords.Options([allowing[0] with { Allow = false, Matching = !allowing[0].Matching }])
                    : "--regions with these ranges instead of the filters");
        }
    }
}
