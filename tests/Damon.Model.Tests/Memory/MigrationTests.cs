using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

public class MigrationTests
{
    private static readonly TouchRule _at700 = new(new PageSet(0, 8), new TimeWindow(700, 701), 1, 0);

    [Fact]
    public void FoliosMoveLastFoundFirstToTheLowestFreeFrames()
    {
        NodeMemory source = SmallNode.Create();
        NodeMemory target = SmallNode.Create(startPfn: 8192, pages: 3);
        source.PlaceMany(1024, 2, 0, 5, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap | FolioFlags.Active));
        source.Walk(SmallNode.Over(1024, 100, WalkAction.Gather));
        ReadOnlySpan<FolioRecord> records = source.TakeGathered();
        ulong[] newPfns = new ulong[5];
        Assert.Equal(3, target.Adopt(records, newPfns));
        Assert.Equal([8192, 8193, 8194, NodeMemory.NoPfn, NodeMemory.NoPfn], newPfns);
        Assert.Equal(4u, target.Inspect(8192).Owner);
        Assert.Equal(3, source.CompleteMigration(newPfns));
        Assert.Equal([1024, 1026], Enumerable.Range(1024, 100).Select(p => (ulong)p).Where(p => source.Look(p).Exists));
        Assert.Equal((2, 3), (source.Counters.LruPages(SmallNode.Memcg), target.Counters.LruPages(SmallNode.Memcg)));
        Assert.Equal(3, target.Counters.LruPages(LruList.ActiveAnon));
    }

    [Fact]
    public void AHugeFolioNeedsAnAlignedRunAndSmallOnesGoOn()
    {
        NodeMemory source = SmallNode.Create();
        NodeMemory target = SmallNode.Create(startPfn: 8192, pages: 1024);
        target.PlaceAt(8192 + 511, 0, new FolioTemplate(default, SmallNode.Heap));
        target.PlaceAt(8192 + 512, 1, new FolioTemplate(default, SmallNode.Heap));
        source.PlaceAt(1024, 2, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap));
        source.PlaceAt(1536, 3, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap, Huge: true));
        source.Walk(SmallNode.Over(1024, 1024, WalkAction.Gather));
        ulong[] newPfns = new ulong[2];
        Assert.Equal(1, target.Adopt(source.TakeGathered(), newPfns));
        Assert.Equal([NodeMemory.NoPfn, 8192], newPfns);
        Assert.Equal(1, source.CompleteMigration(newPfns));
        Assert.True(source.Look(1536).Huge);
    }

    [Fact]
    public void TheAccessedBitThePendingTouchesAndTheIdleFlagMoveAlong()
    {
        NodeMemory source = SmallNode.Create(rules: _at700);
        NodeMemory target = SmallNode.Create(8192, 64, _at700);
        source.PlaceMany(1024, 1, 0, 2, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap));
        source.MarkOld([SmallNode.ByteOf(1024)], 699);
        source.MarkOld([SmallNode.ByteOf(1025)], 700);
        source.Walk(SmallNode.Over(1024, 2, WalkAction.Gather, nowUs: 800));
        ulong[] newPfns = new ulong[2];
        target.Adopt(source.TakeGathered(), newPfns);
        source.CompleteMigration(newPfns);
        Assert.False(target.IsYoung(newPfns[0], 900));
        Assert.True(target.IsYoung(newPfns[1], 900));
        Assert.True(target.Inspect(newPfns[1]).Flags.HasFlag(FolioFlags.Idle));
    }

    [Fact]
    public void AnswersForOtherFoliosAreRefused()
    {
        NodeMemory source = SmallNode.Create();
        source.PlaceMany(1024, 1, 0, 2, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap));
        source.Walk(SmallNode.Over(1024, 2, WalkAction.Gather));
        Assert.Throws<ArgumentException>(() => source.CompleteMigration([1]));
        Assert.Throws<ArgumentException>(() => source.Free(1024));
        source.PutBackGathered();
        Assert.Equal(1, source.Free(1024));
    }
}
