using Damon.Damo.CommandLine;

namespace Damon.Damo.Document;

/// <summary>The words of one enumeration as damo and the kernel spell them.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
/// <param name="Kind">What the words name, with its article, for messages.</param>
/// <param name="Words">The words, in the order of the enumeration's values.</param>
public sealed record Keywords<TEnum>(string Kind, Sequence<string> Words)
    where TEnum : struct, Enum
{
    /// <summary>Reads a word, case sensitive.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="DamoException">The word is none of these.</exception>
    public TEnum Read(string word) => TryRead(word, out TEnum value)
        ? value
        : throw new DamoException($"'{word}' is not {Kind}; allowed is one of {string.Join(' ', Words)}{Spelling.Hint(word, Words)}");

    /// <summary>Reads a word, case sensitive.</summary>
    /// <param name="word">The word.</param>
    /// <param name="value">The value, when true is returned.</param>
    public bool TryRead(string word, out TEnum value)
    {
        for (int i = 0; i < Words.Count; i++)
        {
            if (Words[i] != word) continue;
            value = (TEnum)Enum.ToObject(typeof(TEnum), i);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The word of a value.</summary>
    /// <param name="value">The value.</param>
    public string Word(TEnum value) => Words[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)];
}

/// <summary>The words of damo's language that name a choice.</summary>
public static class Keywords
{
    /// <summary>Operations sets.</summary>
    public static Keywords<Operations> Operations { get; } = new("an operations set", ["vaddr", "paddr", "fvaddr"]);

    /// <summary>Scheme actions.</summary>
    public static Keywords<SchemeAction> Actions { get; } = new(
        "a scheme action",
        ["willneed", "cold", "pageout", "hugepage", "nohugepage", "collapse", "lru_prio", "lru_deprio", "migrate_hot", "migrate_cold", "stat"]);

    /// <summary>Quota goal metrics.</summary>
    public static Keywords<QuotaGoalMetric> GoalMetrics { get; } = new(
        "a quota goal metric",
        [
            "user_input", "some_mem_psi_us", "node_mem_used_bp", "node_mem_free_bp", "node_memcg_used_bp", "node_memcg_free_bp",
            "active_mem_bp", "inactive_mem_bp", "node_eligible_mem_bp", "node_ineligible_mem_bp",
        ]);

    /// <summary>Scheme filter types.</summary>
    public static Keywords<FilterType> FilterTypes { get; } = new(
        "a filter type", ["anon", "active", "young", "unmapped", "memcg", "addr", "target", "hugepage_size"]);

    /// <summary>Watermark metrics.</summary>
    public static Keywords<WatermarkMetric> WatermarkMetrics { get; } = new("a watermark metric", ["none", "free_mem_rate"]);
}

/// <summary>Operations set: which address space a context watches.</summary>
public enum Operations
{
    /// <summary>Virtual address spaces of processes.</summary>
    Vaddr,

    /// <summary>The physical address space.</summary>
    Paddr,

    /// <summary>Fixed ranges of virtual address spaces.</summary>
    Fvaddr,
}

/// <summary>What a scheme does with matching memory.</summary>
public enum SchemeAction
{
    /// <summary>madvise willneed.</summary>
    Willneed,

    /// <summary>madvise cold.</summary>
    Cold,

    /// <summary>Reclaim.</summary>
    Pageout,

    /// <summary>madvise hugepage.</summary>
    Hugepage,

    /// <summary>madvise nohugepage.</summary>
    Nohugepage,

    /// <summary>Collapse into huge pages.</summary>
    Collapse,

    /// <summary>Move to the head of the active list.</summary>
    LruPrio,

    /// <summary>Move to the inactive list.</summary>
    LruDeprio,

    /// <summary>Migrate, hottest first.</summary>
    MigrateHot,

    /// <summary>Migrate, coldest first.</summary>
    MigrateCold,

    /// <summary>Only count.</summary>
    Stat,
}

/// <summary>What a quota goal measures.</summary>
public enum QuotaGoalMetric
{
    /// <summary>A value that user space feeds.</summary>
    UserInput,

    /// <summary>Some-memory pressure stall per quota interval, us.</summary>
    SomeMemPsiUs,

    /// <summary>Used memory of a node, bp.</summary>
    NodeMemUsedBp,

    /// <summary>Free memory of a node, bp.</summary>
    NodeMemFreeBp,

    /// <summary>Memory of a node that a control group uses, bp.</summary>
    NodeMemcgUsedBp,

    /// <summary>Memory of a node that a control group does not use, bp.</summary>
    NodeMemcgFreeBp,

    /// <summary>Active share of the LRU memory, bp.</summary>
    ActiveMemBp,

    /// <summary>Inactive share of the LRU memory, bp.</summary>
    InactiveMemBp,

    /// <summary>Scheme-eligible memory that is on a node, bp.</summary>
    NodeEligibleMemBp,

    /// <summary>Scheme-eligible memory that is not on a node, bp: unknown to damo 3.3.0, an extension.</summary>
    NodeIneligibleMemBp,
}

/// <summary>What a scheme filter looks at.</summary>
public enum FilterType
{
    /// <summary>Anonymous pages.</summary>
    Anon,

    /// <summary>Pages on an active list.</summary>
    Active,

    /// <summary>Pages accessed since the last check.</summary>
    Young,

    /// <summary>Pages that no page table maps.</summary>
    Unmapped,

    /// <summary>Pages of a control group.</summary>
    Memcg,

    /// <summary>An address range; core layer.</summary>
    Addr,

    /// <summary>A monitoring target; core layer.</summary>
    Target,

    /// <summary>Pages of a range of sizes.</summary>
    HugepageSize,
}

/// <summary>What watermarks measure.</summary>
public enum WatermarkMetric
{
    /// <summary>Nothing: always active.</summary>
    None,

    /// <summary>Free memory of the system, permil.</summary>
    FreeMemRate,
}
