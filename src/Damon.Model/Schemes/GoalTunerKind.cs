namespace Damon.Model.Schemes;

/// <summary>How goals steer a quota (spec 9).</summary>
public enum GoalTunerKind
{
    /// <summary>A feedback loop that settles on a consistent speed.</summary>
    Consist,

    /// <summary>Full speed until the goal is met, then nothing.</summary>
    Temporal,
}
