namespace Damon.Actors.Verification.Functions;

/// <summary>Where the model and the recording part.</summary>
/// <param name="Field">What was compared, such as <c>after[0][3].age</c>.</param>
/// <param name="Expected">What was recorded.</param>
/// <param name="Found">What the model gave.</param>
public sealed record Difference(string Field, string Expected, string Found)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: expected {Expected}, found {Found}";
}
