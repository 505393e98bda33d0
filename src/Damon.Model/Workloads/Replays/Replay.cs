using System.Collections.Immutable;
using Damon.Model.Monitoring;

namespace Damon.Model.Workloads.Replays;

/// <summary>A program that touches its memory as monitoring once saw another one do.</summary>
/// <param name="Size">The memory, that of all ranges.</param>
/// <param name="Ranges">Where the memory was, ascending; its pages fill these ranges in order, and gaps between them take none.</param>
/// <param name="Histories">What was seen, by slices of the pages.</param>
/// <param name="PageShift">log2 of the size of the pages that the histories are of.</param>
public sealed record Replay(Bytes Size, ImmutableArray<AddressRange> Ranges, ImmutableArray<AccessHistory> Histories, int PageShift)
    : Workload(Size)
{
    /// <summary>When the program starts, us of virtual time.</summary>
    public long StartUs { get; init; }

    /// <summary>Whether the history begins anew at its end, else the program exits then.</summary>
    public bool Repeats { get; init; }

    /// <summary>How long the history is, us.</summary>
    public long LengthUs => Histories[0].LengthUs;

    /// <inheritdoc/>
    public override long? ExitUs => Repeats ? null : StartUs + LengthUs;

    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pageShift, PageShift);
        ArgumentOutOfRangeException.ThrowIfLessThan(pages, (ulong)Histories[^1].Pages.End);
        foreach (AccessHistory history in Histories) yield return new HistoryRule(history, StartUs, Repeats, WritePercent);
    }
}
