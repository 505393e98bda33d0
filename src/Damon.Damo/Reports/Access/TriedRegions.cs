using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary>The last tried regions of a running scheme as a record of one snapshot.</summary>
internal static class TriedRegions
{
    /// <summary>Takes the regions of a scheme.</summary>
    /// <param name="running">What runs.</param>
    /// <param name="indices">Indices of kdamond, context and scheme.</param>
    /// <exception cref="DamoException">There is no such scheme.</exception>
    internal static MemoryRecords Of(IReadOnlyList<KdamondStatus> running, int[] indices)
    {
        (int kdamond, int context, int scheme) = (indices[0], indices[1], indices[2]);
        Check("kdamond", kdamond, running.Count);
        Check("context", context, running[kdamond].Kdamond.Contexts.Count);
        MonitoringContext monitoring = running[kdamond].Kdamond.Contexts[context];
        Check("scheme", scheme, monitoring.Schemes.Count);
        SchemeStatus status = running[kdamond].Scheme(context, scheme);
        long lengthNs = (long)DerivedIntervals.Of(monitoring.Intervals).AggrUs * 1000;
        var snapshot = new AccessSnapshot(0, lengthNs, status.TriedRegions) { Statistics = status.Statistics };
        var header = new RecordHeader(new(null, kdamond, context, scheme), monitoring.Intervals, monitoring.Schemes[scheme].Filters);
        return new((header, [snapshot]));
    }

    private static void Check(string kind, int index, int count)
    {
        if (index >= 0 && index < count) return;
        throw new DamoException($"--tried_regions_of: there is no {kind} {index}; {(count == 0 ? "there is none" : $"allowed is 0 to {count - 1}")}");
    }
}
