using System.Globalization;

namespace Damon.Model;

/// <summary>A share in hundredths of a percent: 10,000 is the whole. Shares above the whole exist (scores of goals).</summary>
/// <param name="Value">The number of basis points.</param>
public readonly record struct BasisPoints(ulong Value)
{
    /// <summary>The whole: 10,000 bp.</summary>
    public static readonly BasisPoints Whole = new(10_000);

    /// <summary>
    /// <paramref name="part"/> of <paramref name="whole"/>, rounded down, as the kernel's
    /// <c>mult_frac(part, 10000, whole)</c> computes it (spec section 0).
    /// </summary>
    /// <exception cref="DivideByZeroException"><paramref name="whole"/> is 0.</exception>
    public static BasisPoints Of(ulong part, ulong whole) =>
        new(unchecked((part / whole * 10_000) + (part % whole * 10_000 / whole)));

    /// <summary>The plain number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
