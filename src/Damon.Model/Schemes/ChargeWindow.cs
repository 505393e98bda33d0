using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>
/// A quota's running account (spec 9): what the present window may take, what it has taken, and what was
/// taken over the scheme's whole life.
/// </summary>
public sealed class ChargeWindow
{
    private const ulong JiffiesForEver = ((ulong)long.MaxValue >> 1) - 1;

    /// <summary>Bytes a millisecond that a time quota assumes as long as nothing was charged.</summary>
    private const ulong AssumedThroughput = 4UL << 20;

    /// <summary>Most that this window may take, core address units.</summary>
    public ulong EffectiveSize { get; set; }

    /// <summary>Taken in this window, core address units.</summary>
    public ulong ChargedSize { get; set; }

    /// <summary>When the window began, jiffies (ms); 0: none was opened yet.</summary>
    public ulong ChargedFrom { get; set; }

    /// <summary>Taken in all closed windows, core address units.</summary>
    public ulong TotalChargedSize { get; set; }

    /// <summary>Time taken so far, ns.</summary>
    public ulong TotalChargedNs { get; set; }

    /// <summary>The lowest score a region needs to be tried.</summary>
    public uint MinScore { get; set; }

    /// <summary>Where the last window ended, to go on from there in the next one.</summary>
    public ChargeMark? Mark { get; set; }

    /// <summary>Targets were removed or have moved: the mark goes with its target.</summary>
    /// <param name="places">By former index: the present one, or -1 when the target is gone.</param>
    public void RenumberTargets(ReadOnlySpan<int> places)
    {
        if (Mark is not { } mark) return;
        int place = places[mark.TargetIndex];
        Mark = place < 0 ? null : mark with { TargetIndex = place };
    }

    /// <summary>Whether anything limits the scheme at all.</summary>
    public bool IsSet(QuotaSettings quota) =>
        EffectiveSize != 0 || quota.SizeBytes != 0 || quota.TimeMs != 0 || !quota.Goals.IsEmpty;

    /// <summary>Whether the window has no room for one more smallest region.</summary>
    public bool IsFull(QuotaSettings quota, ulong minRegionSize) =>
        IsSet(quota) && (ChargedSize >= EffectiveSize || EffectiveSize - ChargedSize < minRegionSize);

    /// <summary>Takes a tried region off the window; failures may count for less.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="size">Bytes tried.</param>
    /// <param name="applied">Bytes on which the action succeeded.</param>
    public void Charge(QuotaSettings quota, ulong size, ulong applied)
    {
        if (quota.FailChargeDenom == 0 || applied > size)
        {
            ChargedSize += size;
            return;
        }

        ChargedSize += applied + KernelArithmetic.MultFrac(size - applied, quota.FailChargeNum, quota.FailChargeDenom);
    }

    /// <summary>Whether no window was opened yet.</summary>
    public bool IsUnopened => TotalChargedSize == 0 && ChargedFrom == 0;

    /// <summary>Whether the window's time is over.</summary>
    public bool IsOver(QuotaSettings quota, ulong jiffies)
    {
        // time_in_range_open(): signed distances, so that a counter that wraps does not matter.
        ulong end = unchecked(ChargedFrom + ToJiffies(quota.ResetIntervalMs));
        bool inside = unchecked((long)(jiffies - ChargedFrom)) >= 0 && unchecked((long)(jiffies - end)) < 0;
        return !inside;
    }

    /// <summary>Opens a window, closing the one before.</summary>
    public void Open(ulong jiffies)
    {
        TotalChargedSize += ChargedSize;
        ChargedFrom = jiffies;
        ChargedSize = 0;
    }

    /// <summary>Settles what the window may take: the least of goals, time and size.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="goalsEffectiveSizeBp">What the goals' tuner allows, 1/10,000 byte; null without goals.</param>
    /// <param name="minRegionSize">Least that a time quota allows.</param>
    public void SetEffectiveSize(QuotaSettings quota, ulong? goalsEffectiveSizeBp, ulong minRegionSize)
    {
        if (quota.TimeMs == 0 && goalsEffectiveSizeBp is null)
        {
            EffectiveSize = quota.SizeBytes;
            return;
        }

        ulong size = ulong.MaxValue;
        if (goalsEffectiveSizeBp is { } bp) size = bp / KernelArithmetic.WholeBp;
        if (quota.TimeMs != 0) size = Math.Min(size, Math.Max(minRegionSize, unchecked(Throughput * quota.TimeMs)));
        if (quota.SizeBytes != 0) size = Math.Min(size, quota.SizeBytes);
        EffectiveSize = size;
    }

    private ulong Throughput => TotalChargedNs == 0
        ? AssumedThroughput
        : KernelArithmetic.MultFrac(TotalChargedSize, 1_000_000, TotalChargedNs);

    /// <summary>msecs_to_jiffies() at 1,000 a second: it reads 32 bits, and a negative number is for ever.</summary>
    private static ulong ToJiffies(ulong ms) => (int)(uint)ms < 0 ? JiffiesForEver : (uint)ms;
}

/// <summary>The place where a charge window ended.</summary>
/// <param name="TargetIndex">The target.</param>
/// <param name="Address">The address up to which memory was charged, core address units.</param>
public readonly record struct ChargeMark(int TargetIndex, ulong Address);
