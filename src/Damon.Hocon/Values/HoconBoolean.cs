namespace Damon.Hocon;

/// <summary>True or false.</summary>
public sealed class HoconBoolean : HoconValue
{
    internal HoconBoolean(HoconOrigin origin, bool value)
        : base(origin) => Value = value;

    /// <summary>The value.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override HoconKind Kind => HoconKind.Boolean;

    internal override string? ConcatenationText => Value ? "true" : "false";

    /// <inheritdoc/>
    public override string ToString() => ConcatenationText!;
}
