namespace Damon.Hocon;

/// <summary>
/// A number. It is a 64-bit integer when it was written without <c>.</c> and <c>e</c> or when its value is
/// integral and fits, and a double otherwise; the text as written is kept and is what string getters and
/// concatenations see.
/// </summary>
public sealed class HoconNumber : HoconValue
{
    private readonly double _double;

    internal HoconNumber(HoconOrigin origin, long value, string text)
        : base(origin)
    {
        IsInteger = true;
        Int64 = value;
        _double = value;
        Text = text;
    }

    internal HoconNumber(HoconOrigin origin, double value, string text)
        : base(origin)
    {
        // The saturating conversion makes 2^63 equal to its neighbour 2^63-1, as the reference has it.
        Int64 = SaturatingInt64(value);
        IsInteger = Int64 == value;
        _double = IsInteger ? Int64 : value;
        Text = text;
    }

    /// <summary>Whether the value is a 64-bit integer.</summary>
    public bool IsInteger { get; }

    /// <summary>The value as an integer: fractions cut off, values beyond 64 bits saturated, NaN as 0.</summary>
    public long Int64 { get; }

    /// <summary>The value as a double.</summary>
    public double Double => _double;

    /// <summary>The number as it was written.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override HoconKind Kind => HoconKind.Number;

    internal override string? ConcatenationText => Text;

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal static long SaturatingInt64(double value) => value switch
    {
        >= 9223372036854775807.0 => long.MaxValue,
        <= -9223372036854775808.0 => long.MinValue,
        double.NaN => 0,
        _ => (long)value,
    };
}
