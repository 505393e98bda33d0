namespace Damon.Model.VirtualMemory;

/// <summary>Where a kernel uses transparent huge pages by itself (/sys/kernel/mm/transparent_hugepage/enabled).</summary>
public enum HugePagePolicy
{
    /// <summary>Nowhere; MADV_COLLAPSE works nevertheless.</summary>
    Never,

    /// <summary>Where MADV_HUGEPAGE was said.</summary>
    Madvise,

    /// <summary>Wherever MADV_NOHUGEPAGE was not said.</summary>
    Always,
}
