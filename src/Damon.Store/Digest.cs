using System.Globalization;

namespace Damon.Store;

/// <summary>A 64-bit hash of a state, a window's outgoing mail or results. The store keeps it and never interprets it.</summary>
/// <param name="Value">The hash.</param>
public readonly record struct Digest(ulong Value)
{
    /// <summary>Sixteen hexadecimal digits, as reports print state hashes.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
