namespace Damon.Model.Snapshots;

/// <summary>
/// A field that snapshots leave out, because what it holds is no state: a buffer that is filled before it is read, a cache that is
/// filled anew, an observer from outside. All other fields are in snapshots without a word.
/// </summary>
/// <param name="becomes">What the field holds in a loaded object.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class NotInSnapshotAttribute(Rebuilt becomes) : Attribute
{
    /// <summary>What the field holds in a loaded object.</summary>
    public Rebuilt Becomes { get; } = becomes;
}

/// <summary>What a field that is not in a snapshot holds after loading.</summary>
public enum Rebuilt
{
    /// <summary>Null, 0 or false.</summary>
    AsDefault,

    /// <summary>An empty array or collection.</summary>
    AsEmpty,
}
