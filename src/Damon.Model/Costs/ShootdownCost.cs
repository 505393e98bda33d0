namespace Damon.Model.Costs;

/// <summary>
/// What it takes to make all CPUs forget translations (a TLB shoot-down). One is due for each batch of pages that lose their
/// place together, as the kernel flushes once for many pages.
/// </summary>
/// <param name="BaseNs">In any case, ns.</param>
/// <param name="PerCpuNs">For each CPU that is interrupted, ns.</param>
public sealed record ShootdownCost(long BaseNs, long PerCpuNs)
{
    /// <summary>It takes no time.</summary>
    public static ShootdownCost Free { get; } = new(0, 0);

    /// <summary>2 us and 0.1 us per CPU: estimates.</summary>
    public static ShootdownCost Measured { get; } = new(2_000, 100);

    /// <summary>The cost of one, ns.</summary>
    /// <param name="cpus">The CPUs that are interrupted.</param>
    public long Ns(int cpus) => BaseNs + (PerCpuNs * cpus);
}
