using Damon.Damo.Document;

namespace Damon.Damo.Records;

/// <summary>What a record is of. A full recording names only its target; tried regions name kdamond, context and scheme.</summary>
/// <param name="TargetId">Index of the monitoring target; null for tried regions.</param>
/// <param name="KdamondIndex">Index of the kdamond, or null.</param>
/// <param name="ContextIndex">Index of the context in its kdamond, or null.</param>
/// <param name="SchemeIndex">Index of the scheme in its context, or null.</param>
public sealed record RecordKey(long? TargetId, long? KdamondIndex = null, long? ContextIndex = null, long? SchemeIndex = null);

/// <summary>Everything of a record but its snapshots (records spec section 3).</summary>
/// <param name="Key">What the record is of.</param>
/// <param name="Intervals">Monitoring intervals; null when unknown, which <c>report access</c> refuses.</param>
/// <param name="Filters">Filters of the scheme, in the order of evaluation.</param>
/// <param name="DataSource">Where the data came from, free text.</param>
public sealed record RecordHeader(RecordKey Key, Intervals? Intervals, Sequence<SchemeFilter> Filters, string DataSource = RecordHeader.UnknownSource)
{
    /// <summary>The data source when none is named.</summary>
    public const string UnknownSource = "unknown";

    /// <summary>A header without filters.</summary>
    /// <param name="key">What the record is of.</param>
    /// <param name="intervals">Monitoring intervals.</param>
    public RecordHeader(RecordKey key, Intervals? intervals)
        : this(key, intervals, [])
    {
    }
}
