namespace Damon.Model.Memory;

/// <summary>A folio on its way from one node to another: everything that moves along with its contents.</summary>
/// <param name="Pfn">The first frame it leaves.</param>
/// <param name="Owner">Its global virtual page, or <see cref="NodeMemory.NoOwner"/>.</param>
/// <param name="Memcg">The memcg it is charged to, which stays charged.</param>
/// <param name="Flags">Its flags; it will be on the LRU when it arrives.</param>
/// <param name="Huge">Whether it is a 2 MiB folio.</param>
/// <param name="ClearedAtUs">When its accessed bit was last cleared, in us; later touches are pending and move along.</param>
public readonly record struct FolioRecord(
    ulong Pfn, uint Owner, MemcgId Memcg, FolioFlags Flags, bool Huge, long ClearedAtUs);
