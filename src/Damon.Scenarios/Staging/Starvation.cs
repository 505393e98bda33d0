using System.Globalization;
using Damon.Hocon.Units;
using Damon.Model.Kdamonds;

namespace Damon.Scenarios.Staging;

/// <summary>
/// Finds schemes that may never be applied: each tuning of a kdamond's intervals starts all apply intervals anew (spec 6),
/// so one that is longer than the time between two tunings never ends.
/// </summary>
internal static class Starvation
{
    /// <summary>A sentence for each such scheme, by the intervals that the kdamond starts with.</summary>
    public static IEnumerable<string> Notices(KdamondSettings kdamond, int index)
    {
        if (!kdamond.Attributes.IntervalsGoal.IsOn) yield break;
        ulong tuningUs = kdamond.Attributes.IntervalsGoal.Aggrs * kdamond.Attributes.AggregationUs;
        for (int i = 0; i < kdamond.Schemes.Length; i++)
        {
            ulong applyUs = kdamond.Schemes[i].ApplyIntervalUs;
            if (applyUs <= tuningUs) continue;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"scheme {i} of kdamond {index} is applied every {Time(applyUs)}, but each tuning of the intervals, at first every {Time(tuningUs)}, "
                + $"starts that time anew: it is never applied while the intervals stay short");
        }
    }

    private static string Time(ulong us) => HoconDuration.Format((long)Math.Min(us, long.MaxValue / 1000) * 1000);
}
