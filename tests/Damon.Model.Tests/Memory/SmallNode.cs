using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

/// <summary>Nodes of 4 KiB frames for tests that spell one rule out.</summary>
internal static class SmallNode
{
    public static readonly FolioFlags Heap = FolioFlags.Mapped | FolioFlags.Anon | FolioFlags.OnLru;

    public static readonly MemcgId Memcg = new(7);

    /// <summary>A node whose page p is touched as the rules of a process at page 0 say.</summary>
    public static NodeMemory Create(ulong startPfn = 1024, ulong pages = 2048, params AccessRule[] rules)
    {
        var touches = new TouchOracle();
        touches.Attach(0, new ProcessPattern(4096, [.. rules]));
        return new NodeMemory(startPfn, pages, touches);
    }

    public static ulong ByteOf(ulong pfn) => pfn << 12;

    public static bool IsYoung(this NodeMemory node, ulong pfn, long nowUs)
    {
        bool[] young = new bool[1];
        return node.CheckYoung([ByteOf(pfn) + 123], young, nowUs) == 1;
    }

    public static WalkRequest Over(
        ulong firstPfn, ulong pages, WalkAction action, FolioFilterSet? filters = null, ulong last = NodeMemory.NoPfn, long nowUs = 0) =>
        new(ByteOf(firstPfn), ByteOf(firstPfn + pages), filters ?? FolioFilterSet.PassAll, action, last, nowUs);
}
