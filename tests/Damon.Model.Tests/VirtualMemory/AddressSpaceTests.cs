using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.VirtualMemory;

public sealed class AddressSpaceTests
{
    [Fact]
    public void A_walk_meets_what_a_look_at_each_address_finds() => Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Any, layout =>
    {
        AddressSpace space = EveryThirdPageIsAbsent(layout);
        (ulong start, ulong end) = InnerHalf(layout);
        MappedFolio[] walked = Walk(space, start, end, batch: 7);

        Assert.Equal(PresentPages(space, start, end), walked.Select(folio => folio.Pfn));
        ulong[] found = new ulong[walked.Length];
        space.Translate([.. walked.Select(folio => folio.Address)], found);
        Assert.Equal(walked.Select(folio => folio.Pfn), found);
    }));

    [Fact]
    public void A_folio_is_whole_when_all_of_it_is_in_the_range() => Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Any, layout =>
    {
        (ulong start, ulong end) = InnerHalf(layout);
        foreach (MappedFolio folio in Walk(EveryThirdPageIsAbsent(layout), start, end, batch: 100))
        {
            ulong first = folio.Address & ~((ulong)folio.Bytes - 1);
            Assert.Equal(start <= first && first + folio.Bytes <= end, folio.IsWhole);
        }
    }));

    [Fact]
    public void Between_mappings_there_is_nothing()
    {
        AddressSpace space = new(2, new VmaLayout([new(0x1000, 0x2000, 0, 0), new(0x5000, 0x6000, 0, 1)]));
        space.Pages.MapMany(0, 2, 70, 1);
        ulong[] found = new ulong[5];

        space.Translate([0, 0x1fff, 0x2000, 0x5000, 0x6000], found);

        Assert.Equal([NodeMemory.NoPfn, 70UL, NodeMemory.NoPfn, 71UL, NodeMemory.NoPfn], found);
    }

    [Fact]
    public void A_process_that_exited_has_nothing_mapped()
    {
        AddressSpace space = new(2, new VmaLayout([new(0x1000, 0x3000, 0, 0)]));
        space.Pages.MapMany(0, 2, 70, 1);

        space.Exit();

        Assert.False(space.IsAlive);
        Assert.Empty(Walk(space, 0, ulong.MaxValue, batch: 8));
    }

    [Fact]
    public void A_process_that_exited_can_start_anew_and_nothing_holds_that_was_said_before()
    {
        AddressRange all = new(2 << 20, 4 << 20);
        VmaLayout layout = new([new(all.Start, all.End, 0, 0)]);
        AddressSpace space = new(512, layout);
        space.Advise(all, HugePageAdvice.HugePage);
        Assert.Throws<InvalidOperationException>(() => space.Start(layout));

        space.Exit();
        space.Start(layout);

        Assert.True(space.IsAlive);
        Assert.Equal(HugePageAdvice.None, space.Advice.Of(all));
    }

    private static AddressSpace EveryThirdPageIsAbsent(VmaLayout layout)
    {
        AddressSpace space = new(Mappings.PagesOf(layout), layout);
        for (uint page = 0; page < space.Pages.PageCount; page++)
        {
            if (page % 3 != 0) space.Pages.Map(page, 1000 + page);
        }

        return space;
    }

    private static (ulong Start, ulong End) InnerHalf(VmaLayout layout)
    {
        if (layout.Vmas.IsEmpty) return (0, 1UL << 40);
        (ulong start, ulong end) = (layout.Vmas[0].Start, layout.Vmas[^1].End);
        ulong quarter = (end - start) / 4 & ~0xfffUL;
        return (start + quarter, end - quarter);
    }

    private static IEnumerable<ulong> PresentPages(AddressSpace space, ulong start, ulong end) =>
        from vma in space.Layout.Vmas
        from page in Enumerable.Range(0, (int)vma.PageCount)
        let first = vma.Start + ((ulong)page << vma.FolioShift)
        where first < end && start < first + (1UL << vma.FolioShift)
        let pfn = space.Pages[vma.FirstPage + (uint)page]
        where pfn != NodeMemory.NoPfn
        select pfn;

    private static MappedFolio[] Walk(AddressSpace space, ulong start, ulong end, int batch)
    {
        List<MappedFolio> all = [];
        MappedFolio[] buffer = new MappedFolio[batch];
        for (ulong at = start; at < end;)
        {
            (int count, at) = space.Walk(at, end, buffer);
            all.AddRange(buffer[..count]);
        }

        return [.. all];
    }
}
