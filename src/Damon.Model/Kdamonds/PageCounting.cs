namespace Damon.Model.Kdamonds;

/// <summary>
/// That a kdamond counts all pages of its regions by kind now and then, at the end of an aggregation. No kernel does (docs/extensions.md).
/// </summary>
/// <param name="EveryUs">From one count to the next, us, at least 1; each comes with the first aggregation that is not before its time.</param>
/// <param name="IsFree">Whether it takes none of the kdamond's time: then it is only the simulator that looks.</param>
public sealed record PageCounting(ulong EveryUs, bool IsFree);
