namespace Damon.Hocon.Resolution;

/// <summary>A value that holds others and can be rebuilt with one of them exchanged.</summary>
internal interface IContainer
{
    /// <summary>
    /// The container with a child (found by identity) replaced, or taken out when the replacement is null; null when
    /// nothing remains.
    /// </summary>
    HoconValue? WithChild(HoconValue child, HoconValue? replacement);
}

/// <summary>The exchange of one item of a list, shared by the containers that are lists.</summary>
internal static class ContainerItems
{
    public static HoconValue[]? Replace(HoconValue[] items, HoconValue child, HoconValue? replacement)
    {
        int index = Array.FindIndex(items, item => ReferenceEquals(item, child));
        if (index < 0) return items;
        if (replacement is null) return items.Length == 1 ? null : [.. items[..index], .. items[(index + 1)..]];
        HoconValue[] replaced = [.. items];
        replaced[index] = replacement;
        return replaced;
    }
}
