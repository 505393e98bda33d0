using System.Globalization;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;

namespace Damon.Actors.Kdamonds;

/// <summary>Says what an online commit kept and what it began anew (spec 6 and 12).</summary>
internal static class CommitEffect
{
    /// <summary>One sentence.</summary>
    /// <param name="schemesBefore">How many schemes there were.</param>
    /// <param name="schemesNow">How many there are.</param>
    /// <param name="before">The attributes that were in force.</param>
    /// <param name="context">What the kdamond knows after the commit.</param>
    public static string Describe(int schemesBefore, int schemesNow, MonitoringAttributes before, MonitoringContext context)
    {
        int kept = Math.Min(schemesBefore, schemesNow);
        string schemes = string.Create(
            CultureInfo.InvariantCulture,
            $"committed: {kept} schemes kept with their stats, quota windows and goal tuners, {schemesNow - kept} added, {schemesBefore - kept} removed");
        MonitoringAttributes now = context.Attributes;
        bool changed = before with { AggrSamples = now.AggrSamples } != now;
        string regions = string.Create(CultureInfo.InvariantCulture, $"{context.NrRegions} regions kept");
        return changed
            ? $"{schemes}; {regions}, their ages and accesses converted to the new intervals; aggregation and apply intervals began anew"
            : $"{schemes}; {regions}; attributes unchanged, so no interval began anew";
    }
}
