namespace Damon.Model.Costs;

/// <summary>What became of a process's memory since it started, in bytes and numbers of faults.</summary>
/// <remarks>
/// Always: <c>Mapped + Refaulted = Reclaimed + Freed + resident</c>, and
/// <c>Reclaimed = Refaulted + Forgotten + what is out and can come back</c>.
/// </remarks>
public sealed record MemoryTraffic
{
    /// <summary>Came into being: bytes faulted in for the first time or anew after they were freed.</summary>
    public ulong MappedBytes { get; init; }

    /// <summary>Bytes that the process freed while they were resident.</summary>
    public ulong FreedBytes { get; init; }

    /// <summary>Bytes that moved from one node to another.</summary>
    public ulong MigratedBytes { get; init; }

    /// <summary>Bytes reclaimed that can come back: anonymous ones are in swap, those of files were dropped.</summary>
    public ulong ReclaimedBytes { get; init; }

    /// <summary>The reclaimed bytes that were written to swap.</summary>
    public ulong SwapOutBytes { get; init; }

    /// <summary>Reclaimed bytes that came back.</summary>
    public ulong RefaultedBytes { get; init; }

    /// <summary>The bytes among them that came from swap.</summary>
    public ulong SwapInBytes { get; init; }

    /// <summary>Reclaimed bytes that were freed before they came back.</summary>
    public ulong ForgottenBytes { get; init; }

    /// <summary>Reclaimed bytes in swap that were freed before they came back.</summary>
    public ulong SwapForgottenBytes { get; init; }

    /// <summary>How many pages came back, in folios of the process.</summary>
    public ulong Refaults { get; init; }

    /// <summary>How many times a touched page could not come back, as no node had memory for it.</summary>
    public ulong FailedFaults { get; init; }

    /// <summary>For how long the process waited for memory: refaults, migrations and shoot-downs, ns.</summary>
    public ulong StallNs { get; init; }

    /// <summary>What two processes did together.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static MemoryTraffic operator +(MemoryTraffic left, MemoryTraffic right) => new()
    {
        MappedBytes = left.MappedBytes + right.MappedBytes,
        FreedBytes = left.FreedBytes + right.FreedBytes,
        MigratedBytes = left.MigratedBytes + right.MigratedBytes,
        ReclaimedBytes = left.ReclaimedBytes + right.ReclaimedBytes,
        SwapOutBytes = left.SwapOutBytes + right.SwapOutBytes,
        RefaultedBytes = left.RefaultedBytes + right.RefaultedBytes,
        SwapInBytes = left.SwapInBytes + right.SwapInBytes,
        ForgottenBytes = left.ForgottenBytes + right.ForgottenBytes,
        SwapForgottenBytes = left.SwapForgottenBytes + right.SwapForgottenBytes,
        Refaults = left.Refaults + right.Refaults,
        FailedFaults = left.FailedFaults + right.FailedFaults,
        StallNs = left.StallNs + right.StallNs,
    };

    /// <summary>The same as <c>+</c>.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static MemoryTraffic Add(MemoryTraffic left, MemoryTraffic right) => left + right;
}
