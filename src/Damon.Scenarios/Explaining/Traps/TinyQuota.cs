using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Prose;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A size quota below the smallest region: it is full before anything is done (spec 7).</summary>
internal sealed class TinyQuota : ITrap
{
    public string Name => "quota below a page";

    public IEnumerable<Finding> Find(Configuration configuration)
    {
        foreach (ConfiguredScheme scheme in configuration.Schemes)
        {
            StagedQuotas quotas = scheme.Staged.Quotas;
            ulong least = Math.Max(1, scheme.Machine.PageBytes / Math.Max(1, scheme.Context.Staged.AddrUnit));
            if (quotas.Bytes == 0 || quotas.Bytes >= least) continue;
            yield return new Finding(
                Name,
                scheme.Place,
                $"a quota of {Amounts.Bytes(quotas.Bytes)} is less than the smallest region, {Amounts.Bytes(least)}: nothing is ever done",
                "a quota counts as full when less than a region's least size is left of it, and what is left over is lost with the window",
                $"--damos_quota_space {quotas.Bytes}",
                $"--damos_quota_space {least}");
        }
    }
}
