using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Damon.Hocon.Resolution;

namespace Damon.Hocon;

/// <summary>Fields by name, in the order in which their keys first appear in the file.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The specification calls it an object.")]
public sealed class HoconObject : HoconValue, IReadOnlyDictionary<string, HoconValue>, IContainer
{
    private readonly OrderedDictionary<string, HoconValue> _fields;
    private readonly bool _closed;

    internal HoconObject(HoconOrigin origin, OrderedDictionary<string, HoconValue> fields, bool closed = false)
        : base(origin)
    {
        _fields = fields;
        _closed = closed;
        bool resolved = true;
        long weight = 1;
        foreach (KeyValuePair<string, HoconValue> field in fields)
        {
            resolved &= field.Value.IsResolved;
            weight += field.Value.Weight;
        }

        IsResolved = resolved;
        Weight = (int)Math.Min(weight, int.MaxValue);
    }

    /// <inheritdoc/>
    public override HoconKind Kind => HoconKind.Object;

    /// <summary>Number of fields.</summary>
    public int Count => _fields.Count;

    /// <summary>The keys in file order.</summary>
    public IEnumerable<string> Keys => _fields.Keys;

    /// <summary>The values in file order of their keys.</summary>
    public IEnumerable<HoconValue> Values => _fields.Values;

    /// <summary>The value of a key (one name, not a path).</summary>
    /// <exception cref="KeyNotFoundException">The key is not there.</exception>
    public HoconValue this[string key] => _fields[key];

    internal override int Weight { get; }

    internal override bool IsResolved { get; }

    /// <summary>True once a non-object was found below: later fallbacks no longer show through.</summary>
    internal override bool IgnoresFallbacks => _closed;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _fields.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out HoconValue value) => _fields.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, HoconValue>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static HoconObject Empty(HoconOrigin origin) => new(origin, []);

    internal HoconObject WithoutFallbacks() => _closed ? this : new HoconObject(Origin, _fields, closed: true);

    internal HoconObject MergedWith(HoconObject earlier)
    {
        // Trees can share parts many times over; merging each with itself would take for ever.
        if (ReferenceEquals(this, earlier) && IsResolved) return this;
        Nesting.Check(Origin);
        OrderedDictionary<string, HoconValue> merged = new(earlier._fields);
        foreach (KeyValuePair<string, HoconValue> field in _fields)
        {
            merged[field.Key] = merged.TryGetValue(field.Key, out HoconValue? below) ? field.Value.WithFallback(below) : field.Value;
        }

        return new HoconObject(Origin, merged, earlier._closed);
    }

    internal override HoconValue Relativized(HoconPath prefix)
    {
        if (IsResolved) return this;
        OrderedDictionary<string, HoconValue> moved = new(_fields.Count);
        foreach (KeyValuePair<string, HoconValue> field in _fields) moved.Add(field.Key, field.Value.Relativized(prefix));
        return new HoconObject(Origin, moved, _closed);
    }

    HoconValue? IContainer.WithChild(HoconValue child, HoconValue? replacement)
    {
        OrderedDictionary<string, HoconValue> fields = new(_fields);
        for (int i = 0; i < fields.Count; i++)
        {
            if (!ReferenceEquals(fields.GetAt(i).Value, child)) continue;
            if (replacement is null) fields.RemoveAt(i);
            else fields.SetAt(i, replacement);
            return new HoconObject(Origin, fields, _closed);
        }

        return this;
    }
}
