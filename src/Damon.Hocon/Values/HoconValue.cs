using Damon.Hocon.Resolution;

namespace Damon.Hocon;

/// <summary>
/// A value of a document: immutable, and knowing where it was written. What the public entry points
/// return is resolved, so it consists of the six public kinds only; until then a tree also holds
/// substitutions, concatenations and merges that wait for one.
/// </summary>
public abstract class HoconValue
{
    private protected HoconValue(HoconOrigin origin) => Origin = origin;

    /// <summary>Where the value was written; kept through merges, includes and substitutions.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>The kind of value.</summary>
    public abstract HoconKind Kind { get; }

    /// <summary>Number of values in this tree, itself included; saturates at <see cref="int.MaxValue"/>.</summary>
    internal virtual int Weight => 1;

    /// <summary>Whether no substitution is left inside.</summary>
    internal virtual bool IsResolved => true;

    /// <summary>Whether the value already hides whatever was set at its place before.</summary>
    internal virtual bool IgnoresFallbacks => IsResolved;

    /// <summary>The value as a later value is laid over an earlier one (spec: duplicate keys and object merging).</summary>
    internal HoconValue WithFallback(HoconValue earlier)
    {
        if (IgnoresFallbacks) return this;
        if (this is HoconObject upper && earlier is HoconObject lower) return upper.MergedWith(lower);
        if (this is HoconObject { IsResolved: true } closed && earlier is not Pending) return closed.WithoutFallbacks();
        return MergeStack.Of(this, earlier);
    }

    /// <summary>The value with every substitution moved below a path, as an include inside an object asks for.</summary>
    internal virtual HoconValue Relativized(HoconPath prefix) => this;

    /// <summary>The text that the value adds to a string concatenation; null for objects and arrays.</summary>
    internal virtual string? ConcatenationText => null;
}
