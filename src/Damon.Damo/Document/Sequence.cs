using System.Collections;
using System.Runtime.CompilerServices;

namespace Damon.Damo.Document;

/// <summary>An immutable list that is equal to another when their elements are: what records need to compare by value.</summary>
/// <typeparam name="T">The element type.</typeparam>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Create))]
public sealed class Sequence<T> : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    private readonly T[] _items;

    internal Sequence(T[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public bool Equals(Sequence<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (T item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

/// <summary>Makes sequences, also behind collection expressions.</summary>
public static class Sequence
{
    /// <summary>A sequence of the given items.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="items">The items, copied.</param>
    public static Sequence<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A sequence of the given items.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="items">The items, copied.</param>
    public static Sequence<T> ToSequence<T>(this IEnumerable<T> items) => new([.. items]);
}
