namespace Damon.Model.Workloads;

/// <summary>
/// Few pages are touched often and many seldom: the rate of the page of rank r is proportional to 1 / r^s. Ranks are put in
/// classes, each of half as many pages as the next colder one, with one rate a class.
/// </summary>
/// <param name="Size">The memory.</param>
/// <param name="TouchesPerSecond">The rate of all pages together.</param>
/// <param name="Exponent">s, from 0 (all alike).</param>
/// <param name="Seed">What the touches follow from.</param>
public sealed record Zipf(Bytes Size, double TouchesPerSecond, double Exponent, ulong Seed) : Workload(Size)
{
    private const int MaxClasses = 16;

    /// <summary>
    /// Whether hot pages lie between cold ones, as in a heap (every second page is in the coldest class, every fourth in
    /// the next, and so on), rather than in one run from the hottest to the coldest.
    /// </summary>
    public bool Scattered { get; init; }

    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Exponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Exponent, 4);
        int classes = 1;
        while (classes < MaxClasses && pages >> classes > 0) classes++;

        double step = Math.Pow(2, Exponent);
        double weightSum = 0;
        double weight = 1;
        for (int i = 0; i < classes; i++, weight *= step) weightSum += weight * ClassPages(pages, i, classes).Count;
        weight = 1;
        for (int i = 0; i < classes; i++, weight *= step)
        {
            // Single precision hides how exactly a machine's power function rounds.
            double rate = (float)(TouchesPerSecond * weight / weightSum);
            yield return new PoissonRule(
                ClassPages(pages, i, classes), TimeWindow.Always, Math.Min(rate, PoissonRule.MaxTouchesPerSecond), Seed, WritePercent);
        }
    }

    /// <summary>The pages of a class, the coldest being 0; the hottest takes what is left.</summary>
    private PageSet ClassPages(uint pages, int index, int classes)
    {
        bool hottest = index == classes - 1;
        if (!Scattered)
        {
            uint first = hottest ? 0 : pages >> (index + 1);
            return new PageSet(first, (pages >> index) - first);
        }
        uint offset = (1u << index) - 1;
        uint stride = hottest ? 1u << index : 2u << index;
        return new PageSet(offset, pages > offset ? ((pages - offset - 1) / stride) + 1 : 0, stride);
    }
}
