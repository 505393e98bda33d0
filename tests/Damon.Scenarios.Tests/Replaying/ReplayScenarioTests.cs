using Damon.Damo.Records;
using Damon.Model.VirtualMemory;
using Damon.Scenarios.Replaying;

namespace Damon.Scenarios.Tests.Replaying;

/// <summary>
/// Monitoring of a replay sees what the record has. Its regions are others, so each is held against what the record's regions say
/// of its memory: a region of mean p is found accessed in n samples with mean np and a variance of at most np(1 - p).
/// </summary>
public sealed class ReplayScenarioTests
{
    private const double Samples = 20;

    // One of 30,000 draws of a normal distribution is beyond 4.2 standard deviations; about 1000 regions are looked at.
    private const double Deviations = 4.2;

    private const string Machine = """
        run { duration = 6 s, sample-interval = 1 s, window = 2 }
        machine { start = 4 GiB, allocation = lowest-first, nodes = [ { size = 256 MiB } ] }
        cgroups."/a".workload = {
          kind = phased-regions, size = 256 MiB, regions = 4, dwell = 1500 ms, period = 5 ms
        }

        """;

    [Fact]
    public void Physical_memory_is_seen_at_its_addresses_as_hot_as_it_was()
    {
        using Recorded record = Recorded.Of(Small.ReadAlone(Machine + "damo = \"damo start --numa_node 0\""));
        using Recorded replay = Recorded.Of(Replay(record));
        AssertAlike(record.Snapshots(), replay.Snapshots());
    }

    [Fact]
    public void Rates_between_cold_and_hot_are_seen_as_well()
    {
        const string Bands = """
            run { duration = 4 s, sample-interval = 1 s, window = 2 }
            machine { start = 4 GiB, allocation = lowest-first, nodes = [ { size = 256 MiB } ] }
            cgroups."/a".workload = { kind = heat-bands, size = 256 MiB, bands = [
              { size = 32 MiB, period = 5 ms }, { size = 64 MiB, period = 10 ms }, { size = 64 MiB }, { size = 96 MiB, period = 100 ms } ] }
            damo = "damo start --numa_node 0"
            """;
        using Recorded record = Recorded.Of(Small.ReadAlone(Bands));
        using Recorded replay = Recorded.Of(Replay(record));
        AssertAlike(record.Snapshots(), replay.Snapshots());
    }

    [Fact]
    public void Virtual_memory_keeps_its_addresses_and_gaps_take_none()
    {
        const string Virtual = """
            run { duration = 3 s, sample-interval = 1 s, window = 2 }
            machine { allocation = lowest-first, nodes = [ { size = 256 MiB } ] }
            cgroups."/a".workload = { kind = phased-regions, size = 96 MiB, regions = 3, dwell = 1 s, period = 5 ms, pid = 7, mappings = [
              { address = 90 TiB, size = 32 MiB }, { address = 91 TiB, size = 32 MiB }, { address = 126 TiB, size = 32 MiB } ] }
            damo = "damo start --ops vaddr --target_pid 7"
            """;
        using Recorded record = Recorded.Of(Small.ReadAlone(Virtual));
        Scenario scenario = Replay(record);
        Assert.Equal(96UL << 20, scenario.Hosts[0].NodeBytes(0));
        VmaLayout vmas = scenario.Hosts[0].Settings.Processes[0].Vmas;
        Assert.Equal([90UL << 40, 91UL << 40, 126UL << 40], vmas.Vmas.Select(vma => vma.Start));
        using Recorded replay = Recorded.Of(scenario);
        AssertAlike(record.Snapshots(), replay.Snapshots());
    }

    [Fact]
    public void A_record_of_two_kdamonds_is_replayed_by_two_processes()
    {
        const string Two = """
            run { duration = 2 s, sample-interval = 1 s, window = 2 }
            machine { start = 4 GiB, allocation = lowest-first, nodes = [ { size = 64 MiB }, { size = 64 MiB } ] }
            cgroups."/a".workload = { kind = phased-regions, size = 128 MiB, regions = 2, dwell = 1 s, period = 5 ms, fallback = 1 }
            damo = "damo start --numa_node 1 --numa_node 0 --nr_targets 1 1 --nr_ctxs 1 1 --ops paddr --ops paddr"
            """;
        using Recorded record = Recorded.Of(Small.ReadAlone(Two));
        Scenario scenario = Replay(record);
        Assert.Equal(2, scenario.Hosts[0].Settings.Processes.Length);
        using Recorded replay = Recorded.Of(scenario);
        AccessSnapshot[] first = record.Snapshots(0), second = record.Snapshots(1);
        AssertAlike([.. first.Zip(second).Select(pair => new AccessSnapshot(pair.First.StartNs, pair.First.EndNs, [.. pair.First.Regions, .. pair.Second.Regions]))], replay.Snapshots());

        Scenario one = ReplayScenario.Open(record.File, new RecordChoice(Kdamond: 1)).Build(null, null, RunOverrides.None);
        Assert.Single(one.Hosts[0].Settings.Processes);
        Assert.Equal(64UL << 20, one.Hosts[0].NodeBytes(0));
    }

    /// <summary>Each region of the replay is as hot as the record says of its memory, and so is all memory together.</summary>
    private static void AssertAlike(AccessSnapshot[] record, AccessSnapshot[] replay)
    {
        Assert.Equal(record.Length, replay.Length);
        int hot = 0;
        for (int i = 0; i < record.Length; i++)
        {
            double difference = 0, variance = 0, rounding = 0;
            foreach (RecordedRegion region in replay[i].Regions)
            {
                double share = Mean(record[i], region) / Samples;
                Assert.InRange(share, 0, 1);
                double sd = Math.Sqrt(Samples * share * (1 - share));

                // Merging regions of different rates cuts their mean down to a whole number, once for each step.
                double cut = share is 0 or 1 ? 0 : 1.5;
                double error = region.Samples - (Samples * share);
                Assert.True(Math.Abs(error) <= (Deviations * sd) + cut, $"snapshot {i}, region at {region.Start:x} of {region.Size}: {region.Samples}, in the record {Samples * share}");
                difference += region.Size * error;
                variance += Math.Pow(region.Size * sd, 2);
                rounding += region.Size * cut;
                if (region.Samples > 10) hot++;
            }

            Assert.True(Math.Abs(difference) <= (Deviations * Math.Sqrt(variance)) + rounding, $"snapshot {i} in all: {difference}");
            HotBytes(record[i], replay[i]);
        }

        Assert.True(hot >= record.Length, $"only {hot} hot regions were seen");
    }

    /// <summary>
    /// Memory that more than half of the samples found accessed is the same but for the regions of the replay that have both kinds: of those
    /// it is not said which they are.
    /// </summary>
    private static void HotBytes(AccessSnapshot record, AccessSnapshot replay)
    {
        double expected = record.Regions.Where(region => region.Samples > 10).Sum(region => (double)region.Size);
        double seen = replay.Regions.Where(region => region.Samples > 10).Sum(region => (double)region.Size);
        double unsure = replay.Regions.Where(region => Mean(record, region) is > 0 and < Samples).Sum(region => (double)region.Size);
        Assert.InRange(seen, expected - unsure, expected + unsure);
    }

    /// <summary>What the record says of a region's memory on average, in samples.</summary>
    private static double Mean(AccessSnapshot record, RecordedRegion region)
    {
        double sum = 0, covered = 0;
        foreach (RecordedRegion one in record.Regions)
        {
            if (one.End <= region.Start || one.Start >= region.End) continue;
            double bytes = Math.Min(one.End, region.End) - Math.Max(one.Start, region.Start);
            (sum, covered) = (sum + (bytes * one.Samples), covered + bytes);
        }

        Assert.Equal(region.Size, covered);
        return sum / covered;
    }

    private static Scenario Replay(Recorded record) => ReplayScenario.Open(record.File, new RecordChoice()).Build(null, null, RunOverrides.None);
}
