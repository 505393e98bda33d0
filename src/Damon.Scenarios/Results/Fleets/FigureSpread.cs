namespace Damon.Scenarios.Results.Fleets;

/// <summary>How a figure is spread over the hosts of a template.</summary>
/// <param name="Template">The template.</param>
/// <param name="HostCount">How many hosts it has.</param>
/// <param name="Figure">What the figure is.</param>
/// <param name="Unit">What it is in.</param>
/// <param name="Spread">Its values on the hosts that have it: who never converged has no time of it.</param>
/// <param name="GreatestOn">The first host that has the greatest value.</param>
public sealed record FigureSpread(string Template, int HostCount, string Figure, FigureUnit Unit, Spread Spread, string GreatestOn)
{
    /// <summary>The spread of a figure.</summary>
    /// <param name="template">The template.</param>
    /// <param name="figure">What the figure is.</param>
    /// <param name="unit">What it is in.</param>
    /// <param name="hosts">All hosts of the template.</param>
    /// <param name="valueOf">A host's value; null: it has none.</param>
    /// <returns>The spread; null: no host has a value.</returns>
    public static FigureSpread? Of(string template, string figure, FigureUnit unit, HostFigures[] hosts, Func<HostFigures, double?> valueOf)
    {
        if (Spread.Of(hosts.Select(valueOf).OfType<double>()) is not { } spread) return null;
        HostFigures greatest = hosts.First(host => valueOf(host) is { } value && value.Equals(spread.Greatest));
        return new FigureSpread(template, hosts.Length, figure, unit, spread, greatest.Name);
    }
}

/// <summary>What a figure is in.</summary>
public enum FigureUnit
{
    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Microseconds of virtual time.</summary>
    Microseconds,

    /// <summary>How many times as much.</summary>
    Ratio,
}
