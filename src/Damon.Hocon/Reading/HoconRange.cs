namespace Damon.Hocon.Reading;

/// <summary>The values from a least to a greatest one, both allowed.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
public readonly record struct HoconRange<T>(T Min, T Max)
    where T : struct, IComparable<T>
{
    /// <summary>Whether the value lies in the range.</summary>
    public bool Contains(T value) => value.CompareTo(Min) >= 0 && value.CompareTo(Max) <= 0;
}
