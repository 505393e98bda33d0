namespace Damon.Model.VirtualMemory;

/// <summary>What a program, or a scheme in its place, said of huge pages in a part of an address space (madvise(2)).</summary>
public enum HugePageAdvice
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>MADV_HUGEPAGE: huge pages are wanted.</summary>
    HugePage,

    /// <summary>MADV_NOHUGEPAGE: none are; those that are there stay.</summary>
    NoHugePage,
}
