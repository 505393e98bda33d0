using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.VirtualMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Actors.Tests.VirtualMemory;

/// <summary>What weighted destinations do to the memory of a process that a whole host runs.</summary>
public sealed class WeightedInterleaveTests
{
    private const ulong Settled = VirtualHost.AggregationUs + 10_000;
    private const ulong Steady = 10 * VirtualHost.AggregationUs;

    private static readonly Config FewRuns = Config.QuickThrowOnFailure.WithMaxTest(8);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(7, 2, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Memory_is_dealt_out_exactly_by_the_weights_and_then_stays(params int[] weights) =>
        Check.One(FewRuns, Prop.ForAll(Layouts(weights.Sum()).ToArbitrary(), layout =>
        {
            SimulatedHost host = new(Settings(layout, weights));
            host.RunUntil(Settled);

            int[] found = VirtualHost.FoliosByNode(host);
            int rounds = found.Sum() / weights.Sum();
            Assert.Equal(weights.Select(weight => weight * rounds), found[..weights.Length]);
            ulong moved = VirtualHost.MigratedBytes(host);
            host.RunUntil(Steady);
            Assert.Equal(moved, VirtualHost.MigratedBytes(host));
        }));

    [Theory]
    [InlineData(0)]
    [InlineData(Vma.HugeOrder)]
    public void A_change_from_11_9_to_10_10_moves_just_a_twentieth(int order)
    {
        VmaLayout layout = Layout(folios: 40, order, start: 0x5555_0000_0000);
        HostSettings settings = Settings(layout, 11, 9);
        KdamondSettings even = settings.Kdamonds[0] with { Schemes = [VirtualHost.Interleave(10, 10)] };
        SimulatedHost host = new(settings with { Events = [new CommitEvent(Steady, 0, even)] });
        host.RunUntil(Steady - 1);
        ulong before = VirtualHost.MigratedBytes(host);

        host.RunUntil(2 * Steady);

        ulong bytes = layout.Vmas.Aggregate(0UL, (sum, vma) => sum + vma.End - vma.Start);
        Assert.Equal(bytes, 20 * (VirtualHost.MigratedBytes(host) - before));
        int[] found = VirtualHost.FoliosByNode(host);
        Assert.Equal(found[0], found[1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Vma.HugeOrder)]
    public void A_process_restarted_at_another_address_is_dealt_out_anew(int order)
    {
        VmaLayout first = Layout(folios: 40, order, start: 0x5555_0000_0000);
        VmaLayout second = Layout(folios: 40, order, start: 0x6666_0020_0000);
        HostSettings settings = Settings(first, 3, 1);
        KdamondSettings moved = settings.Kdamonds[0] with { Targets = [VirtualHost.Fixed(second)] };
        SimulatedHost host = new(settings with
        {
            Events =
            [
                new VmasEvent(Steady, 0, VmaLayout.Empty),
                new VmasEvent(Steady, 0, second),
                new AllocateEvent(
                    Steady, 0, 0, 80, new NodeId(2), null, new FolioKind(true, true, false, true, Huge: order > 0)),
                new CommitEvent(Steady, 0, moved),
            ],
        });

        host.RunUntil(Steady - 1);
        Assert.Equal([60, 20, 0], VirtualHost.FoliosByNode(host));
        host.RunUntil(2 * Steady);
        Assert.Equal([60, 20, 0], VirtualHost.FoliosByNode(host));
    }

    [Fact]
    public void Without_weight_nothing_moves()
    {
        SimulatedHost host = new(Settings(Layout(folios: 40, order: 0, start: 0x5555_0000_0000), 0, 0));
        host.RunUntil(Steady);

        Assert.Equal(0UL, VirtualHost.MigratedBytes(host));
        Assert.True(host.Sample().Kdamonds[0].Schemes[0].Stats.SzTried > 0);
    }

    private static HostSettings Settings(VmaLayout layout, params int[] weights)
    {
        KdamondSettings kdamond = VirtualHost.Kdamond(OperationsKind.Fvaddr, VirtualHost.Fixed(layout));
        return VirtualHost.Host(kdamond with { Schemes = [VirtualHost.Interleave(weights)] }, VirtualHost.Resident(layout));
    }

    /// <summary>Two mappings with as many folios each.</summary>
    private static VmaLayout Layout(int folios, int order, ulong start)
    {
        ulong size = (ulong)folios << (Vma.BasePageShift + order);
        ulong second = start + (4 * size);
        return new VmaLayout(
            [new(start, start + size, start >> 12, 0, order), new(second, second + size, 77, (uint)folios, order)]);
    }

    private static Gen<VmaLayout> Layouts(int unit) =>
        from count in Gen.Choose(1, 4)
        from drafts in (
            from rounds in Gen.Choose(1, 5)
            from gap in Gen.Choose(0, 3)
            from pageOffset in Gen.Choose(0, int.MaxValue)
            from huge in Gen.Elements(true, false)
            select (rounds, gap, pageOffset, huge)).ArrayOf(count)
        select Place(drafts, unit);

    private static VmaLayout Place((int Rounds, int Gap, int PageOffset, bool Huge)[] drafts, int unit)
    {
        ulong end = 0x7f00_0000_0000;
        uint page = 0;
        return new VmaLayout([.. drafts.Select(draft =>
        {
            int order = draft.Huge ? Vma.HugeOrder : 0;
            ulong start = ((end >> 21) + 1 + (ulong)draft.Gap) << 21;
            uint folios = (uint)(draft.Rounds * unit);
            end = start + ((ulong)folios << (Vma.BasePageShift + order));
            Vma vma = new(start, end, (ulong)draft.PageOffset, page, order);
            page += folios;
            return vma;
        })]);
    }
}
