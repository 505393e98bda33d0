using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Model.Tests.VirtualMemory;

/// <summary>Which parts of an address space one folio of 2 MiB can map.</summary>
public class HugeBlocksOfAddressSpaceTests
{
    private const ulong Page = 4096;
    private const ulong Block = HugeBlocks.Bytes;

    // From a page before a block's border: a page, two blocks, three pages; then a mapping that is too small.
    private static readonly VmaLayout _layout = new(
    [
        new((10 * Block) - Page, (12 * Block) + (3 * Page), 0, FirstPage: 100),
        new(20 * Block, (21 * Block) - Page, 0, FirstPage: 2_000),
    ]);

    [Theory]
    [InlineData(100u, null)]
    [InlineData(101u, 101u)]
    [InlineData(612u, 101u)]
    [InlineData(613u, 613u)]
    [InlineData(1_124u, 613u)]
    [InlineData(1_125u, null)]
    [InlineData(2_000u, null)]
    [InlineData(50u, null)]
    public void ABlockIsAlignedAndWhollyInItsMapping(uint page, uint? expected)
    {
        AddressSpace space = Space();
        Assert.Equal(expected is not null, space.TryFindAligned(page, out uint first, out AddressRange range));
        if (expected is null) return;
        Assert.Equal(expected, first);
        Assert.Equal(new AddressRange(range.Start, range.Start + Block), range);
        Assert.Equal(0UL, range.Start % Block);
    }

    [Fact]
    public void BlocksAreFoundInOrder()
    {
        AddressSpace space = Space();
        List<(uint, ulong)> found = [];
        for (ulong at = 0; space.TryFindNext(at, ulong.MaxValue, out uint first, out AddressRange block); at = block.End)
            found.Add((first, block.Start));
        Assert.Equal([(101u, 10 * Block), (613u, 11 * Block)], found);
        Assert.False(space.TryFindNext(0, (11 * Block) - 1, out _, out _));
    }

    [Theory]
    [InlineData(HugePagePolicy.Always, true, true, false)]
    [InlineData(HugePagePolicy.Madvise, false, true, false)]
    [InlineData(HugePagePolicy.Never, false, false, false)]
    public void ThePolicyAndTheAdviceDecideTogether(HugePagePolicy policy, bool none, bool wanted, bool refused)
    {
        AddressSpace space = Space();
        AddressRange block = new(10 * Block, 11 * Block);
        Assert.Equal(none, space.Allows(block, policy));
        space.Advise(block, HugePageAdvice.HugePage);
        Assert.Equal(wanted, space.Allows(block, policy));
        space.Advise(block, HugePageAdvice.NoHugePage);
        Assert.Equal(refused, space.Allows(block, policy));
    }

    [Fact]
    public void AdviceForAPartOfABlockIsForNone()
    {
        AddressSpace space = Space();
        space.Advise(new AddressRange(10 * Block, (11 * Block) - 1), HugePageAdvice.HugePage);
        Assert.True(space.Allows(new AddressRange(10 * Block, 11 * Block), HugePagePolicy.Madvise));
        space.Advise(new AddressRange(10 * Block, (10 * Block) + 1), HugePageAdvice.NoHugePage);
        Assert.False(space.Allows(new AddressRange(10 * Block, 11 * Block), HugePagePolicy.Madvise));
        Assert.False(space.Allows(new AddressRange(10 * Block, 11 * Block), HugePagePolicy.Always));
    }

    [Fact]
    public void AdviceIsGivenOnlyForWhatIsMapped()
    {
        AddressSpace space = Space();
        space.Advise(new AddressRange(0, ulong.MaxValue - Block), HugePageAdvice.HugePage);
        Assert.Equal(_layout.Vmas.Select(vma => (vma.Start, vma.End, HugePageAdvice.HugePage)), space.Advice.All);
    }

    [Fact]
    public void AWalkMeetsABlockOnceAndOthersPageByPage()
    {
        AddressSpace space = Space();
        space.Pages.MapMany(100, 1, 5, 1);
        space.Pages.MapBlock(101, 1_024);
        space.Pages.MapMany(613, 2, 7, 1);
        Assert.Equal(
            [
                new MappedFolio((10 * Block) - Page, 5, 0, (uint)Page, true),
                new MappedFolio(10 * Block, 1_024, 0, (uint)Block, true),
                new MappedFolio(11 * Block, 7, 513, (uint)Page, true),
                new MappedFolio((11 * Block) + Page, 8, 514, (uint)Page, true),
            ],
            Walk(space, 0, ulong.MaxValue));

        // From within the block, and to within it.
        Assert.Equal([new MappedFolio((10 * Block) + Page, 1_024, 0, (uint)Block, false)], Walk(space, (10 * Block) + Page, 11 * Block));
        Assert.Equal([new MappedFolio(10 * Block, 1_024, 0, (uint)Block, false)], Walk(space, 10 * Block, (11 * Block) - Page));
    }

    [Theory]
    [InlineData(10, 0, false)]
    [InlineData(10, 1, true)]
    [InlineData(10, 511, true)]
    [InlineData(11, 0, false)]
    [InlineData(11, 1, false)]
    [InlineData(30, 0, false)]
    public void AnAddressWithinABlockSplitsIt(ulong block, ulong page, bool expected)
    {
        AddressSpace space = Space();
        space.Pages.MapBlock(101, 1_024);
        Assert.Equal(expected, space.TryFindAcross((block * Block) + (page * Page), out uint first));
        if (expected) Assert.Equal(101u, first);
    }

    private static AddressSpace Space()
    {
        AddressSpace space = new(4_000, _layout);
        space.Pages.AllowBlocks();
        return space;
    }

    private static MappedFolio[] Walk(AddressSpace space, ulong start, ulong end)
    {
        MappedFolio[] folios = new MappedFolio[100];
        (int count, ulong next) = space.Walk(start, end, folios);
        Assert.Equal(end, next);
        return folios[..count];
    }
}
