namespace Damon.Scenarios.Results;

/// <summary>How the memory usage that an <see cref="Aim"/> follows did.</summary>
/// <param name="Aim">What was followed.</param>
/// <param name="NodeBytes">What shares are of: the size of its node, or all of the tenant's memory, bytes.</param>
/// <param name="TargetBytes">The target, bytes; null: none.</param>
/// <param name="MeanBytes">Mean over the window, bytes.</param>
/// <param name="SdBytes">Standard deviation over the window (of a sample: n - 1), bytes; 0 for a single reading.</param>
/// <param name="NrReadings">Readings in the window.</param>
/// <param name="ConvergedAtUs">When it had converged (<see cref="RunSettings.ConvergedWithinBp"/>), us; null: never, or there is no target.</param>
public sealed record AimResult(
    Aim Aim, ulong NodeBytes, double? TargetBytes, double MeanBytes, double SdBytes, int NrReadings, ulong? ConvergedAtUs)
{
    /// <summary>How it came to its target; null: there is none.</summary>
    public Approach? Approach { get; init; }

    /// <summary>Whether it has a target and did not converge to it.</summary>
    public bool Missed => TargetBytes is not null && ConvergedAtUs is null;
}
