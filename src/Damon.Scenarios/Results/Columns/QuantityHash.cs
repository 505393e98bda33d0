using Damon.Scenarios.Fleets;

namespace Damon.Scenarios.Results.Columns;

/// <summary>Hashes the quantities of readings.</summary>
/// <param name="value">The hash of what was before them.</param>
internal sealed class QuantityHash(RunningHash value) : IQuantities
{
    /// <summary>The hash with the quantities so far.</summary>
    public RunningHash Value { get; private set; } = value;

    public ulong Number(string name, ulong value)
    {
        Value = Value.Add(value);
        return value;
    }

    public double Real(string name, double value)
    {
        Value = Value.Add(value);
        return value;
    }

    // Numbers of things are quantities too, so whose a value is follows from the order.
    public void Enter(int index)
    {
    }

    public void Leave()
    {
    }
}
