using System.Collections.Immutable;
using Damon.Model.Kdamonds;

namespace Damon.Scenarios.Staging;

/// <summary>What damo's language has no words for, to be added to the kdamonds of its commands.</summary>
/// <param name="Targets">Targets that it cannot name.</param>
/// <param name="Pages">What kdamonds are to learn of pages.</param>
internal sealed record BeyondDamo(ImmutableArray<VaddrTarget> Targets, ImmutableArray<PageMonitoring> Pages)
{
    /// <summary>Nothing.</summary>
    public static BeyondDamo Nothing { get; } = new([], []);

    /// <summary>What a kdamond is to learn of pages; null: only what its command says.</summary>
    public PageMonitoring? PagesOf(int kdamond) => Pages.FirstOrDefault(pages => pages.Kdamond == kdamond);
}

/// <summary>What a kdamond is to learn of pages.</summary>
/// <param name="Kdamond">The kdamond.</param>
/// <param name="Weights">By probe: its weight; probes beyond the list keep what their document says.</param>
/// <param name="Counting">How often all pages are counted; null: never.</param>
internal sealed record PageMonitoring(int Kdamond, ImmutableArray<uint> Weights, PageCounting? Counting);
