namespace Damon.Model.Workloads;

/// <summary>Every page is touched at random, all at the same mean rate.</summary>
/// <param name="Size">The memory.</param>
/// <param name="TouchesPerSecond">The mean rate of each page.</param>
/// <param name="Seed">What the touches follow from.</param>
public sealed record Uniform(Bytes Size, double TouchesPerSecond, ulong Seed) : Workload(Size)
{
    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift) =>
        [new PoissonRule(new PageSet(0, pages), TimeWindow.Always, TouchesPerSecond, Seed, WritePercent)];
}
