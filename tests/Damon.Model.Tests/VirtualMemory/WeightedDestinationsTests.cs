using System.Collections.Immutable;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.VirtualMemory;

public sealed class WeightedDestinationsTests
{
    private static readonly NodeId Elsewhere = new(9);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(7, 2, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(11, 9)]
    public void Whole_rounds_are_dealt_out_exactly_by_the_weights(params int[] weights)
    {
        WeightedDestinations destinations = Destinations(weights);
        Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Layouts(weights.Sum()).ToArbitrary(), layout =>
        {
            int[] dealt = new int[weights.Length];
            foreach (ulong index in InterleaveIndexes(layout)) dealt[destinations.ListOf(index, Elsewhere)]++;
            int rounds = dealt.Sum() / weights.Sum();
            Assert.Equal(weights.Select(weight => weight * rounds), dealt);
        }));
    }

    [Fact]
    public void A_folio_that_is_where_it_belongs_is_left_there() => Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Any, layout =>
    {
        WeightedDestinations destinations = Destinations(7, 2, 1);
        foreach (ulong index in InterleaveIndexes(layout))
        {
            int list = destinations.ListOf(index, Elsewhere);
            Assert.Equal(WeightedDestinations.Nowhere, destinations.ListOf(index, destinations.NodeOf(list, Elsewhere)));
        }
    }));

    [Fact]
    public void A_small_change_of_weights_with_the_same_sum_moves_only_the_difference() => Check.QuickThrowOnFailure(Prop.ForAll(
        Mappings.Layouts(20).ToArbitrary(),
        layout =>
        {
            WeightedDestinations before = Destinations(11, 9);
            WeightedDestinations after = Destinations(10, 10);
            ulong[] indexes = [.. InterleaveIndexes(layout)];
            int moved = indexes.Count(index => before.ListOf(index, Elsewhere) != after.ListOf(index, Elsewhere));
            Assert.Equal(indexes.Length, moved * 20);
        }));

    [Fact]
    public void Without_weight_nothing_moves() =>
        Assert.All(Enumerable.Range(0, 50), index => Assert.Equal(WeightedDestinations.Nowhere, Destinations(0, 0).ListOf((ulong)index, Elsewhere)));

    [Fact]
    public void A_sum_of_weights_that_wraps_in_32_bits_to_nothing_moves_nothing()
    {
        WeightedDestinations destinations = new([new(new NodeId(0), 1u << 31), new(new NodeId(1), 1u << 31)]);

        Assert.Equal(WeightedDestinations.Nowhere, destinations.ListOf(5, Elsewhere));
    }

    [Fact]
    public void Without_destinations_all_goes_to_the_target_node_also_what_is_there()
    {
        WeightedDestinations destinations = new([]);

        Assert.Equal(1, destinations.NrLists);
        Assert.Equal(0, destinations.ListOf(3, new NodeId(2)));
        Assert.Equal(new NodeId(2), destinations.NodeOf(0, new NodeId(2)));
    }

    [Fact]
    public void The_index_shifts_page_offset_and_distance_apart()
    {
        // Together they would carry: (511 + 1) >> 9 is 1, but the kernel counts 0 + 0.
        Vma vma = new(0, 1UL << 30, PageOffset: 511, FirstPage: 0, Vma.HugeOrder);

        Assert.Equal(0UL, vma.InterleaveIndex(4096));
        Assert.Equal(3UL, vma.InterleaveIndex(3UL << 21));
    }

    private static WeightedDestinations Destinations(params int[] weights) =>
        new([.. weights.Select((weight, node) => new MigrationDestination(new NodeId(node), (uint)weight))]);

    private static IEnumerable<ulong> InterleaveIndexes(VmaLayout layout) => layout.Vmas.SelectMany(vma =>
        Enumerable.Range(0, (int)vma.PageCount).Select(page => vma.InterleaveIndex(vma.Start + ((ulong)page << vma.FolioShift))));
}
