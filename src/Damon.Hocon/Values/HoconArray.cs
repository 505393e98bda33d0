using System.Collections;
using Damon.Hocon.Resolution;

namespace Damon.Hocon;

/// <summary>A list of values.</summary>
public sealed class HoconArray : HoconValue, IReadOnlyList<HoconValue>, IContainer
{
    private readonly HoconValue[] _items;

    internal HoconArray(HoconOrigin origin, HoconValue[] items)
        : base(origin)
    {
        _items = items;
        bool resolved = true;
        long weight = 1;
        foreach (HoconValue item in items)
        {
            resolved &= item.IsResolved;
            weight += item.Weight;
        }

        IsResolved = resolved;
        Weight = (int)Math.Min(weight, int.MaxValue);
    }

    /// <inheritdoc/>
    public override HoconKind Kind => HoconKind.Array;

    /// <summary>Number of elements.</summary>
    public int Count => _items.Length;

    /// <summary>The element at an index from 0.</summary>
    public HoconValue this[int index] => _items[index];

    internal override int Weight { get; }

    internal override bool IsResolved { get; }

    /// <inheritdoc/>
    public IEnumerator<HoconValue> GetEnumerator() => ((IEnumerable<HoconValue>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal HoconArray ConcatenatedWith(HoconArray right) => new(Origin, [.. _items, .. right._items]);

    internal override HoconValue Relativized(HoconPath prefix) =>
        IsResolved ? this : new HoconArray(Origin, Array.ConvertAll(_items, item => item.Relativized(prefix)));

    HoconValue? IContainer.WithChild(HoconValue child, HoconValue? replacement)
    {
        HoconValue[]? items = ContainerItems.Replace(_items, child, replacement);
        return items is null ? null : new HoconArray(Origin, items);
    }
}
