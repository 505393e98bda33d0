namespace Damon.Scenarios.Explaining;

/// <summary>A place in a configuration.</summary>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Context">Index of the context in it; a mainline kernel takes only 0.</param>
/// <param name="Scheme">Index of the scheme in the context; null: the context itself.</param>
public readonly record struct Place(int Kdamond, int Context, int? Scheme = null)
{
    /// <summary>The place in words: "kdamond 1, scheme 0".</summary>
    public override string ToString() =>
        $"kdamond {Kdamond}{(Context > 0 ? $", context {Context}" : "")}{(Scheme is { } scheme ? $", scheme {scheme}" : "")}";
}
