using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Results.Fleets;

namespace Damon.Scenarios.Fleets.Actors;

/// <summary>A fleet-wide goal: aggregates what hosts measured, and sends what comes out to all of them.</summary>
public sealed class GoalAggregator : FleetActor
{
    private readonly FleetGoalPlan _plan;
    private readonly List<double> _values = [];

    internal GoalAggregator(Fleet fleet, int index, FleetGoalPlan plan)
        : base(fleet, index) => _plan = plan;

    /// <inheritdoc/>
    public override ImmutableArray<string> Columns => ["value", "least", "greatest", "hosts"];

    /// <summary>The aggregate of some values, of which there is at least one.</summary>
    /// <remarks>Sums go by ascending value, so that the hosts' order does not matter to the last bit.</remarks>
    public static double Of(FleetAggregate aggregate, ReadOnlySpan<double> ascending)
    {
        double sum = 0;
        foreach (double value in ascending) sum += value;
        return aggregate switch
        {
            FleetAggregate.Mean => sum / ascending.Length,
            FleetAggregate.Sum => sum,
            FleetAggregate.Min => ascending[0],
            FleetAggregate.Max => ascending[^1],
            FleetAggregate.P50 => Spread.Percentile(ascending, 50),
            _ => Spread.Percentile(ascending, 95),
        };
    }

    /// <inheritdoc/>
    private protected override void Receive(FleetMail mail, ulong nowUs)
    {
        if (mail.Message is MetricMeasured measured) _values.Add(measured.Value);
    }

    /// <inheritdoc/>
    private protected override void Act(ulong nowUs)
    {
        if (_values.Count == 0) return;
        _values.Sort();
        double value = Of(_plan.Aggregate, [.. _values]);
        Report(new FleetReading(nowUs, [value, _values[0], _values[^1], _values.Count]));
        ulong fed = (ulong)Math.Max(0, Math.Round(value));
        foreach (int host in _plan.Hosts) Send(host, new MetricAggregated(fed));
        _values.Clear();
    }

    /// <inheritdoc/>
    private protected override void SaveState(BinaryWriter writer)
    {
        // Between two windows it knows nothing.
    }

    /// <inheritdoc/>
    private protected override void LoadState(BinaryReader reader)
    {
    }
}
