using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Prose;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>
/// A size quota below the smallest region, which is full before anything is done (spec 7); or below a folio, which is moved whole
/// for the charge of a part.
/// </summary>
internal sealed class TinyQuota : ITrap
{
    public string Name => "quota below a folio";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        configuration.Schemes.Where(scheme => scheme.Staged.Quotas.Bytes > 0).Select(Find).OfType<Finding>();

    private Finding? Find(ConfiguredScheme scheme)
    {
        ulong unit = Math.Max(1, scheme.Context.Staged.AddrUnit);
        ulong bytes = scheme.Staged.Quotas.Bytes;
        ulong region = Math.Max(1, scheme.Machine.PageBytes / unit), folio = scheme.Machine.FolioBytes / unit;
        if (bytes < region)
        {
            return Finding(
                scheme,
                $"a quota of {Amounts.Bytes(bytes)} is less than the smallest region, {Amounts.Bytes(region)}: nothing is ever done",
                "a quota counts as full when less than a region's least size is left of it, and what is left over is lost with the window",
                region);
        }

        if (bytes >= folio) return null;
        return Finding(
            scheme,
            $"a quota of {Amounts.Bytes(bytes)} is less than a folio of {Amounts.Bytes(folio)}: up to {folio / bytes} times the quota "
                + "is moved",
            "a region is cut to what is left of the quota and charged with its own size, but the folio that it cuts is moved whole",
            folio);
    }

    private Finding Finding(ConfiguredScheme scheme, string problem, string why, ulong enough) => new(
        Name, scheme.Place, problem, why, $"--damos_quota_space {scheme.Staged.Quotas.Bytes}", $"--damos_quota_space {enough}");
}
