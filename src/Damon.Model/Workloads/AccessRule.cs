namespace Damon.Model.Workloads;

/// <summary>One immutable statement about how a process uses some of its pages.</summary>
public abstract record AccessRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="window">When the rule holds; it does not start before time 0.</param>
    /// <param name="writePercent">The share of the accesses that write, 0..100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    private protected AccessRule(PageSet pages, TimeWindow window, int writePercent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(window.StartUs, nameof(window));
        ArgumentOutOfRangeException.ThrowIfNegative(window.RepeatUs, nameof(window));
        ArgumentOutOfRangeException.ThrowIfNegative(writePercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writePercent, 100);
        Pages = pages;
        Window = window;
        WritePercent = writePercent;
    }

    /// <summary>The pages, counted from the process's first.</summary>
    public PageSet Pages { get; }

    /// <summary>When the rule holds.</summary>
    public TimeWindow Window { get; }

    /// <summary>The share of the accesses that write, 0..100, for the cost model.</summary>
    public int WritePercent { get; }
}
