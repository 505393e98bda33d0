using System.Numerics;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Prose;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>
/// The consist tuner starts at 1 byte and at most doubles in a window: with long windows the first page is late (spec 9).
/// </summary>
internal sealed class SlowStart : ITrap
{
    private const ulong PatienceMs = 60_000;

    public string Name => "slow start of a goal";

    public IEnumerable<Finding> Find(Configuration configuration)
    {
        foreach (ConfiguredScheme scheme in configuration.Schemes)
        {
            StagedQuotas quotas = scheme.Staged.Quotas;
            if (!scheme.HasGoals || quotas.GoalTuner != "consist" || FirstPageMs(scheme) <= PatienceMs) continue;
            yield return new Finding(
                Name,
                scheme.Place,
                $"the first page is moved {Amounts.Milliseconds(FirstPageMs(scheme))} after the start at the earliest",
                $"the tuner consist begins with a quota of 1 byte and at most doubles it each window, so a page needs "
                    + $"{DoublingsToPage(scheme)} windows, and more the nearer the goal is",
                $"--damos_quota_interval {Amounts.Milliseconds(quotas.ResetIntervalMs).Replace(" ", "", StringComparison.Ordinal)}",
                "--damos_quota_interval 1s");
        }
    }

    /// <summary>Windows until the quota holds a page.</summary>
    public static ulong DoublingsToPage(ConfiguredScheme scheme) => (ulong)BitOperations.Log2(scheme.Machine.PageBytes);

    /// <summary>Time until the quota can hold a page, ms; a window only changes when the scheme is applied.</summary>
    public static ulong FirstPageMs(ConfiguredScheme scheme)
    {
        UInt128 window = UInt128.Max(scheme.Staged.Quotas.ResetIntervalMs, scheme.ApplyUs / 1000);
        return (ulong)UInt128.Min(window * DoublingsToPage(scheme), ulong.MaxValue);
    }
}
