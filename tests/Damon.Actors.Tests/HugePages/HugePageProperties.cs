using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Tests.Snapshots;
using Damon.Model.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Actors.Tests.HugePages;

/// <summary>What holds of huge pages whatever happens to a host, and whenever it is saved.</summary>
public sealed class HugePageProperties
{
    private const ulong StepUs = 50_000;

    [Fact]
    public void Nodes_tables_and_counts_agree_at_any_time() =>
        Prop.ForAll<int>(seed =>
        {
            SimulatedHost host = new(RandomThpHost.Settings(seed));
            for (ulong at = 0; at <= RandomThpHost.EndUs; at += StepUs)
            {
                host.RunUntil(at);
                ThpHost.CheckConsistency(host);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_loaded_host_goes_on_as_if_nothing_had_happened() =>
        Prop.ForAll<int, uint>((seed, cut) =>
        {
            ulong cutUs = (cut * 2_654_435_761UL) % RandomThpHost.EndUs;
            HostSettings settings = RandomThpHost.Settings(seed);
            SimulatedHost undisturbed = new(settings);
            SimulatedHost saved = new(settings);
            saved.RunUntil(cutUs);
            SimulatedHost loaded = Snapshot.Load(Snapshot.Of(saved), settings);
            for (ulong at = cutUs; at <= RandomThpHost.EndUs; at += StepUs * 3)
            {
                undisturbed.RunUntil(at);
                saved.RunUntil(at);
                loaded.RunUntil(at);
                string expected = Snapshot.Reading(undisturbed);
                Assert.Equal(expected, Snapshot.Reading(saved));
                Assert.Equal(expected, Snapshot.Reading(loaded));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void In_random_hosts_huge_pages_come_and_go_in_every_way()
    {
        HugePageCounts sum = default;
        ulong migrated = 0;
        ulong swapped = 0;
        for (int seed = 1; seed <= 30; seed++)
        {
            HostSample last = ThpHost.RunTo(RandomThpHost.EndUs, RandomThpHost.Settings(seed)).Sample();
            foreach (HugePageSample use in last.HugePages)
            {
                sum = new HugePageCounts(
                    sum.Faults + use.Counts.Faults,
                    sum.Fallbacks + use.Counts.Fallbacks,
                    sum.Collapses + use.Counts.Collapses,
                    sum.FailedCollapses + use.Counts.FailedCollapses,
                    sum.Splits + use.Counts.Splits);
            }

            migrated += last.Nodes.Aggregate(0UL, (all, node) => all + node.MigratedInBytes);
            swapped += last.SwapUsedBytes;
        }

        Assert.All([sum.Faults, sum.Fallbacks, sum.Collapses, sum.FailedCollapses, sum.Splits, migrated, swapped], count => Assert.True(count > 0, $"{sum} {migrated} {swapped}"));
    }

    [Fact]
    public void Two_hosts_that_differ_only_in_their_huge_pages_have_different_hashes()
    {
        SimulatedHost one = ThpHost.RunTo(1, ThpHost.Settings(Model.VirtualMemory.HugePagePolicy.Always, ThpHost.Touch(0, 0, ThpHost.Pages)));
        SimulatedHost other = ThpHost.RunTo(1, ThpHost.Settings(Model.VirtualMemory.HugePagePolicy.Always, ThpHost.Touch(0, 0, ThpHost.Pages)));
        Assert.Equal(one.StateHash, other.StateHash);
        other.Advise(Model.VirtualMemory.HugePageAdvice.NoHugePage, 0, 1);
        Assert.NotEqual(one.StateHash, other.StateHash);
    }

    [Fact]
    public void A_snapshot_says_of_a_huge_page_once_where_it_is()
    {
        // Scattered small pages need a place each; in huge ones the folded tables hold none at all.
        HostSettings settings = ThpHost.Settings(Model.VirtualMemory.HugePagePolicy.Always, ThpHost.Touch(0, ThpHost.BlockPage, 3 * HugeBlocks.Pages));
        HostSettings small = settings with { Thp = new ThpSettings(Model.VirtualMemory.HugePagePolicy.Never) };
        Assert.True(Snapshot.Of(ThpHost.RunTo(1, settings)).Length <= Snapshot.Of(ThpHost.RunTo(1, small)).Length + 200);
    }
}
