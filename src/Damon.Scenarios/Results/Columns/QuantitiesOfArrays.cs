using System.Collections.Immutable;

namespace Damon.Scenarios.Results.Columns;

/// <summary>Quantities that there are several of, and such as may be missing.</summary>
internal static class QuantitiesOfArrays
{
    /// <summary>Things of a kind, and how many there are.</summary>
    /// <param name="quantities">Who goes over them.</param>
    /// <param name="name">Name of their number.</param>
    /// <param name="items">The things.</param>
    /// <param name="blank">One in which nothing has a meaning.</param>
    /// <param name="describe">Goes over one of them.</param>
    /// <param name="apart">Whether each has a course of its own over time; false: they are a list that differs from reading to reading.</param>
    public static ImmutableArray<T> Each<T>(
        this IQuantities quantities, string name, ImmutableArray<T> items, T blank, Func<IQuantities, T, T> describe, bool apart = true)
    {
        int count = (int)quantities.Number(name, (ulong)items.Length);
        var described = ImmutableArray.CreateBuilder<T>(count);
        for (int i = 0; i < count; i++)
        {
            if (apart) quantities.Enter(i);
            described.Add(describe(quantities, i < items.Length ? items[i] : blank));
            if (apart) quantities.Leave();
        }

        return described.MoveToImmutable();
    }

    /// <summary>A number for each of several things, and how many there are.</summary>
    public static ImmutableArray<ulong> Numbers(this IQuantities quantities, string nameOfCount, string name, ImmutableArray<ulong> numbers) =>
        quantities.Each(nameOfCount, numbers, 0UL, (each, number) => each.Number(name, number));

    /// <summary>A yes or no.</summary>
    public static bool Flag(this IQuantities quantities, string name, bool value) => quantities.Number(name, value ? 1UL : 0) != 0;

    /// <summary>A number that may be missing.</summary>
    public static ulong? Optional(this IQuantities quantities, string nameOfPresence, string name, ulong? number)
    {
        bool isThere = quantities.Flag(nameOfPresence, number.HasValue);
        return isThere ? quantities.Number(name, number ?? 0) : null;
    }
}
