namespace Damon.Store.Nodes;

/// <summary>One life of a worker process. Two processes of one name are two incarnations.</summary>
/// <param name="Value">A fresh UUID.</param>
public readonly record struct Incarnation(Guid Value)
{
    /// <summary>A fresh one.</summary>
    public static Incarnation New() => new(Guid.CreateVersion7());

    /// <summary>The UUID in its usual form.</summary>
    public override string ToString() => Value.ToString("D");
}
