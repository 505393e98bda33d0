using Damon.Damo.Document;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Reading;

/// <summary>Reads a scheme's filter, in documents as in records (spec section 8).</summary>
internal static class FilterReader
{
    /// <summary>The filter; what is not known of it is left to the caller to notice.</summary>
    public static SchemeFilter Read(TreeCursor node)
    {
        FilterType type = node.Required("filter_type").Word(Keywords.FilterTypes);
        var filter = new SchemeFilter(
            type, node.Required("matching").Bool(), (node.Optional("allow") ?? node.Optional("filter_pass"))?.Bool() ?? false);
        return type switch
        {
            FilterType.Memcg => filter with { MemcgPath = node.Required("memcg_path").Text() },
            FilterType.Addr => filter with { AddressRange = DocumentReader.ReadRange(node.Required("address_range")) },
            FilterType.Target => filter with { TargetIndex = node.Required("damon_target_idx").Number(ValueReader.Nr) },
            FilterType.HugepageSize => filter with { HugepageSize = ReadSizes(node.Required("hugepage_size")) },
            _ => filter,
        };
    }

    private static AddressRange ReadSizes(TreeCursor node)
    {
        IReadOnlyList<TreeCursor> sizes = node.Items();
        return sizes.Count == 2
            ? new(sizes[0].Number(ValueReader.Bytes), sizes[1].Number(ValueReader.Bytes))
            : throw node.Refuse($"found {sizes.Count} values, allowed are two: the least and the largest size");
    }
}
