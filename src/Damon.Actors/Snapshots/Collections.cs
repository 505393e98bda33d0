using System.Buffers;
using System.Collections.Immutable;

namespace Damon.Actors.Snapshots;

/// <summary>A list.</summary>
internal sealed class ListPlan<T> : CollectionPlan<List<T>, T>
{
    public override object Create(ObjectReader from) => new List<T>();

    protected override T[] ItemsOf(List<T> collection) => [.. collection];

    protected override void Fill(List<T> collection, T[] items) => collection.AddRange(items);
}

/// <summary>A stack, the bottom first.</summary>
internal sealed class StackPlan<T> : CollectionPlan<Stack<T>, T>
{
    public override object Create(ObjectReader from) => new Stack<T>();

    protected override T[] ItemsOf(Stack<T> collection)
    {
        T[] items = [.. collection];
        Array.Reverse(items);
        return items;
    }

    protected override void Fill(Stack<T> collection, T[] items)
    {
        foreach (T item in items) collection.Push(item);
    }
}

/// <summary>A queue, the next first.</summary>
internal sealed class QueuePlan<T> : CollectionPlan<Queue<T>, T>
{
    public override object Create(ObjectReader from) => new Queue<T>();

    protected override T[] ItemsOf(Queue<T> collection) => [.. collection];

    protected override void Fill(Queue<T> collection, T[] items)
    {
        foreach (T item in items) collection.Enqueue(item);
    }
}

/// <summary>A set.</summary>
internal sealed class HashSetPlan<T> : CollectionPlan<HashSet<T>, T>
{
    public override object Create(ObjectReader from) => new HashSet<T>(Keys<T>.Equality);

    protected override T[] ItemsOf(HashSet<T> collection)
    {
        RequireUsual(Keys<T>.IsUsual(collection.Comparer));
        return [.. collection];
    }

    protected override void Fill(HashSet<T> collection, T[] items) => collection.UnionWith(items);
}

/// <summary>A sorted set.</summary>
internal sealed class SortedSetPlan<T> : CollectionPlan<SortedSet<T>, T>
{
    public override object Create(ObjectReader from) => new SortedSet<T>();

    protected override T[] ItemsOf(SortedSet<T> collection)
    {
        RequireUsual(typeof(T) != typeof(string) && collection.Comparer == Comparer<T>.Default);
        return [.. collection];
    }

    protected override void Fill(SortedSet<T> collection, T[] items) => collection.UnionWith(items);
}

/// <summary>A sorted list.</summary>
internal sealed class SortedListPlan<TKey, TValue> : CollectionPlan<SortedList<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    public override object Create(ObjectReader from) => new SortedList<TKey, TValue>();

    protected override KeyValuePair<TKey, TValue>[] ItemsOf(SortedList<TKey, TValue> collection)
    {
        RequireUsual(typeof(TKey) != typeof(string) && collection.Comparer == Comparer<TKey>.Default);
        return [.. collection];
    }

    protected override void Fill(SortedList<TKey, TValue> collection, KeyValuePair<TKey, TValue>[] items)
    {
        foreach ((TKey key, TValue value) in items) collection.Add(key, value);
    }
}

/// <summary>A dictionary.</summary>
internal sealed class DictionaryPlan<TKey, TValue> : CollectionPlan<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    public override object Create(ObjectReader from) => new Dictionary<TKey, TValue>(Keys<TKey>.Equality);

    protected override KeyValuePair<TKey, TValue>[] ItemsOf(Dictionary<TKey, TValue> collection)
    {
        RequireUsual(Keys<TKey>.IsUsual(collection.Comparer));
        return [.. collection];
    }

    protected override void Fill(Dictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue>[] items)
    {
        foreach ((TKey key, TValue value) in items) collection.Add(key, value);
    }
}

/// <summary>A dictionary that keeps the order of entry.</summary>
internal sealed class OrderedDictionaryPlan<TKey, TValue> : CollectionPlan<OrderedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    public override object Create(ObjectReader from) => new OrderedDictionary<TKey, TValue>(Keys<TKey>.Equality);

    protected override KeyValuePair<TKey, TValue>[] ItemsOf(OrderedDictionary<TKey, TValue> collection)
    {
        RequireUsual(Keys<TKey>.IsUsual(collection.Comparer));
        return [.. collection];
    }

    protected override void Fill(OrderedDictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue>[] items)
    {
        foreach ((TKey key, TValue value) in items) collection.Add(key, value);
    }
}

/// <summary>An immutable dictionary, which occurs in settings alone: these are written for their hash, and never read.</summary>
internal sealed class ImmutableDictionaryPlan<TKey, TValue> : CollectionPlan<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    public override object Create(ObjectReader from) => throw PayloadReader.Inconsistent();

    protected override KeyValuePair<TKey, TValue>[] ItemsOf(ImmutableDictionary<TKey, TValue> collection) => [.. collection.OrderBy(pair => pair.Key)];

    protected override void Fill(ImmutableDictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue>[] items) =>
        throw PayloadReader.Inconsistent();
}

/// <summary>What has been written to a buffer.</summary>
internal sealed class BufferPlan<T> : CollectionPlan<ArrayBufferWriter<T>, T>
{
    public override object Create(ObjectReader from) => new ArrayBufferWriter<T>();

    protected override T[] ItemsOf(ArrayBufferWriter<T> collection) => collection.WrittenSpan.ToArray();

    protected override void Fill(ArrayBufferWriter<T> collection, T[] items) => collection.Write(items);
}

/// <summary>The equality of a dictionary's keys: texts are equal letter by letter, addresses of actors if they are one object.</summary>
internal static class Keys<T>
{
    /// <summary>The usual equality.</summary>
    public static IEqualityComparer<T> Equality { get; } =
        typeof(T) == typeof(string) ? (IEqualityComparer<T>)(object)StringComparer.Ordinal : EqualityComparer<T>.Default;

    /// <summary>Whether an equality is the usual one, and holds for objects whose content is not there yet.</summary>
    public static bool IsUsual(IEqualityComparer<T> equality) =>
        (equality == Equality || equality == EqualityComparer<T>.Default)
        && (typeof(T) == typeof(string) || StoredTypes.IsPlain(typeof(T)) || typeof(T) == typeof(Runtime.ActorRef));
}
