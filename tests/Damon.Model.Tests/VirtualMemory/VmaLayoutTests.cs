using Damon.Model.VirtualMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.VirtualMemory;

public sealed class VmaLayoutTests
{
    [Fact]
    public void A_range_is_covered_when_no_address_of_it_is_in_a_gap() => Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Any, layout =>
    {
        for (int i = 0; i + 1 < layout.Vmas.Length; i++)
        {
            (Vma vma, Vma next) = (layout.Vmas[i], layout.Vmas[i + 1]);
            Assert.True(layout.Covers(vma.Start, vma.End));
            Assert.False(layout.Covers(vma.Start - 1, vma.End) && (i == 0 || layout.Vmas[i - 1].End < vma.Start));
            Assert.Equal(vma.End == next.Start, layout.Covers(vma.Start, next.End));
        }
    }));

    [Fact]
    public void Each_page_is_mapped_or_not() => Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Any, layout =>
    {
        uint nrPages = Mappings.PagesOf(layout) + 3;
        VmaLayout everyOther = new([.. layout.Vmas.Where((_, i) => i % 2 == 0)]);
        HashSet<uint> unmapped = [.. everyOther.UnmappedPages(nrPages).SelectMany(run => Enumerable.Range((int)run.First, (int)run.Count)).Select(page => (uint)page)];
        for (uint page = 0; page < nrPages; page++)
        {
            bool isMapped = everyOther.Vmas.Any(vma => vma.FirstPage <= page && page < vma.FirstPage + vma.PageCount);
            Assert.NotEqual(isMapped, unmapped.Contains(page));
        }
    }));

    [Fact]
    public void Random_layouts_are_valid() => Check.QuickThrowOnFailure(
        Prop.ForAll(Mappings.Any, layout => Assert.Null(layout.Validate(Mappings.PagesOf(layout), pageShift: 12))));

    [Theory]
    [InlineData(0x2000, 0x2000, 0, 0, "[8192, 8192) is empty")]
    [InlineData(0x2000, 0x2800, 0, 0, "does not end at a multiple of the page size of 4096 bytes")]
    [InlineData(0x3000, 0x400000, 0, 9, "does not begin at a multiple of its folio size of 2097152 bytes")]
    [InlineData(0x2000, 0x4000, 0, 3, "order 3; allowed are 0 and 9")]
    [InlineData(0x0000, 0x2000, 0, 0, "begins before the end, 8192, of the one before it")]
    [InlineData(0x4000, 0x6000, 9, 0, "the virtual pages up to 11; the process has 10")]
    public void What_is_wrong_is_said_in_one_sentence(ulong start, ulong end, uint firstPage, int order, string part)
    {
        VmaLayout layout = new([new(0x1000, 0x2000, 0, 0), new(start, end, 0, firstPage, order)]);

        Assert.Contains(part, layout.Validate(nrPages: 10, pageShift: 12), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_mappings_do_not_share_pages()
    {
        VmaLayout layout = new([new(0x1000, 0x3000, 0, FirstPage: 1), new(0x4000, 0x6000, 0, FirstPage: 0)]);

        Assert.Contains(
            "[4096, 12288) shares virtual pages with the mapping [16384, 24576)",
            layout.Validate(nrPages: 10, pageShift: 12),
            StringComparison.Ordinal);
    }
}
