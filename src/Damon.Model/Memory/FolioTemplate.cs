namespace Damon.Model.Memory;

/// <summary>What a folio is given when its frames are taken.</summary>
/// <param name="Memcg">The memcg to charge.</param>
/// <param name="Flags">The flags to start with.</param>
/// <param name="Huge">A 2 MiB folio rather than one frame.</param>
/// <param name="ClearedAtUs">Touches after this time, in us, count as accesses; -1: those at time 0 do too.</param>
public readonly record struct FolioTemplate(MemcgId Memcg, FolioFlags Flags, bool Huge = false, long ClearedAtUs = -1)
{
    /// <summary>
    /// Memory as a page fault leaves it: on the LRU, accessed, not idle (SCHEMA "Workload model", alloc).
    /// </summary>
    /// <param name="memcg">The memcg to charge.</param>
    /// <param name="flags">Kind and list: Anon, Active, Unevictable, Mapped as wanted.</param>
    /// <param name="huge">A 2 MiB folio rather than one frame.</param>
    /// <param name="nowUs">The time of the fault, in us.</param>
    public static FolioTemplate Faulted(MemcgId memcg, FolioFlags flags, bool huge, long nowUs) =>
        new(memcg, (flags | FolioFlags.OnLru | FolioFlags.Accessed) & ~FolioFlags.Idle, huge, nowUs);
}
