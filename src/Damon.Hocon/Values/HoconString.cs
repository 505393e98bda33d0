namespace Damon.Hocon;

/// <summary>A text value.</summary>
public sealed class HoconString : HoconValue
{
    internal HoconString(HoconOrigin origin, string value, bool quoted)
        : base(origin)
    {
        Value = value;
        IsQuoted = quoted;
    }

    /// <summary>The text, escapes resolved.</summary>
    public string Value { get; }

    /// <summary>
    /// Whether the text was written in quotes or joined from several parts. Unquoted text next to an object or array is
    /// dropped.
    /// </summary>
    internal bool IsQuoted { get; }

    /// <inheritdoc/>
    public override HoconKind Kind => HoconKind.String;

    internal override string? ConcatenationText => Value;

    /// <inheritdoc/>
    public override string ToString() => $"\"{Value}\"";
}
