using System.Globalization;

namespace Damon.Model;

/// <summary>The kernel's number of a memory cgroup; <see cref="None"/> (0) is memory charged to no cgroup.</summary>
/// <param name="Value">The cgroup's number.</param>
public readonly record struct MemcgId(ulong Value)
{
    /// <summary>No memory cgroup.</summary>
    public static readonly MemcgId None;

    /// <summary>Whether this names a cgroup.</summary>
    public bool Exists => Value != 0;

    /// <summary>The plain number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
