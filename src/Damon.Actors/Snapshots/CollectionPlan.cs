namespace Damon.Actors.Snapshots;

/// <summary>A collection of .NET: what is in it, in its own order, and not how it keeps that in memory, which may differ in every process.</summary>
/// <typeparam name="TCollection">The collection.</typeparam>
/// <typeparam name="TItem">What is in it.</typeparam>
internal abstract class CollectionPlan<TCollection, TItem> : ObjectPlan
    where TCollection : class
{
    private readonly ArrayPlan _items = new(typeof(TItem[]));

    public sealed override void WriteContent(ObjectWriter to, object content)
    {
        TItem[] items = ItemsOf((TCollection)content);
        _items.WriteBirth(to, items);
        _items.WriteContent(to, items);
    }

    public sealed override void ReadContent(ObjectReader from, object content)
    {
        TItem[] items = (TItem[])_items.Create(from);
        _items.ReadContent(from, items);
        Fill((TCollection)content, items);
    }

    /// <summary>A copy of what is in a collection.</summary>
    protected abstract TItem[] ItemsOf(TCollection collection);

    /// <summary>Fills an empty collection.</summary>
    protected abstract void Fill(TCollection collection, TItem[] items);

    /// <summary>Only the usual order and equality are known to the one who makes the collection anew.</summary>
    protected static void RequireUsual(bool isUsual)
    {
        if (!isUsual) throw new SnapshotException($"a snapshot cannot hold a {typeof(TCollection)} with an order or equality of its own");
    }
}
