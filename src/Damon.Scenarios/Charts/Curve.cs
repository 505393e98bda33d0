using System.Collections.Immutable;

namespace Damon.Scenarios.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its name in the legend; empty: it has no entry there.</param>
/// <param name="X">Where its points are, ascending.</param>
/// <param name="Y">Their values.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Color">Which of the chart's colours it has.</param>
public sealed record Curve(
    string Name, ImmutableArray<double> X, ImmutableArray<double> Y, CurveStyle Style = CurveStyle.Line, int Color = 0);

/// <summary>How a curve is drawn.</summary>
public enum CurveStyle
{
    /// <summary>A full line: what the chart is about.</summary>
    Line,

    /// <summary>A thin, pale line: one of several runs.</summary>
    Thin,

    /// <summary>A dashed line: an aim.</summary>
    Dashed,
}
