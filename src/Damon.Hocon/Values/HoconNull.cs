namespace Damon.Hocon;

/// <summary>The value null. It is a value: a key set to null is there, and hides what was set before.</summary>
public sealed class HoconNull : HoconValue
{
    internal HoconNull(HoconOrigin origin)
        : base(origin)
    {
    }

    /// <inheritdoc/>
    public override HoconKind Kind => HoconKind.Null;

    internal override string? ConcatenationText => "null";

    /// <inheritdoc/>
    public override string ToString() => "null";
}
