using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Damo.Records;
using Damon.Scenarios.Recording;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>Probes of a command, beside accesses and instead of them, and where their hits can be read.</summary>
public sealed class ProbeTests
{
    private const ulong MiB = 1 << 20;
    private const ulong Start = 4UL << 30;

    /// <summary>From 4 GiB on: 64 MiB of anonymous memory, 64 MiB of a file, 128 MiB free; all samples of a region hit or none does.</summary>
    private const string Halves = """
        run { duration = 20 s, sample-interval = 1 s, window = 2, snapshots = on }
        machine { nodes = [ { size = 256 MiB } ], allocation = lowest-first }
        cgroups {
          "/a".workloads = [ { kind = mlocked, size = 64 MiB } ]
          "/b".workloads = [ { kind = uniform, size = 64 MiB, file-backed = on } ]
        }

        """;

    private const string Probes = "--probe_filter allow anon --probe_filter allow memcg /b --probe_filter reject memcg /a --nr_probe_filters 1 1 1";

    [Fact]
    public void Without_weights_hits_are_counted_beside_accesses()
    {
        ImmutableArray<RegionSample> regions = LastRegions(Halves + $"damo = \"damo start {Probes}\"");

        Assert.Contains(regions, region => region.NrAccesses > 0);
        AssertHits(regions);
    }

    [Theory]
    [InlineData("page-monitoring = [ { weights = [ 1, 5 ] } ]")]
    [InlineData("page-monitoring = [ { weights = [ 0, 0, 9 ] } ]")]
    public void With_weights_regions_are_told_apart_by_attributes_alone(string weights)
    {
        ImmutableArray<RegionSample> regions = LastRegions(Halves + $"damo = \"damo start {Probes}\"\n{weights}");

        Assert.All(regions, region => Assert.Equal(0u, region.NrAccesses));
        AssertHits(regions);
    }

    [Fact]
    public void Weights_in_a_document_of_damo_mean_the_same()
    {
        const string Document = """
            kdamonds = [ { contexts = [ {
              ops = paddr, targets = [ { pid = null, regions = [ { start = "4 GiB", end = "4.25 GiB" } ] } ],
              probes = [ { weight = 3, filters = [ { filter_type = anon, matching = true, allow = true, path = null } ] } ]
            } ] } ]
            """;
        const string Command = """
            damo = "damo start --regions 4294967296-4563402752 --probe_filter allow anon"
            page-monitoring = [ { weights = [ 3 ] } ]
            """;

        Assert.Equal<RegionSample>(LastRegions(Halves + Document), LastRegions(Halves + Command));
    }

    [Fact]
    public void A_tuned_command_has_the_weights_too()
    {
        string tune = $"events = [ {{ at = 10 s, kind = tune, damo = \"damo tune {Probes}\" }} ]";
        HostOutcome outcome = Run(Halves + $"damo = \"damo start --numa_node 0\"\n{tune}");
        Assert.Empty(outcome.Refusals);
        Assert.Contains(outcome.Samples[^1].Kdamonds[0].Regions, region => region.NrAccesses > 0);

        string weighted = Halves + $"damo = \"damo start {Probes}\"\n{tune}\npage-monitoring = [ {{ weights = [ 1 ] }} ]";
        Assert.All(Run(weighted).Samples[^1].Kdamonds[0].Regions, region => Assert.Equal(0u, region.NrAccesses));
    }

    [Fact]
    public void A_record_has_the_hits_of_the_snapshots()
    {
        string file = Path.Combine(Path.GetTempPath(), $"damon-{Guid.NewGuid():n}");
        try
        {
            Scenario scenario = Small.ReadAlone(Halves + $"damo = \"damo start {Probes}\"\npage-monitoring = [ {{ weights = [ 1 ] }} ]");
            using RunRecording recording = new(file, scenario);
            ImmutableArray<HostOutcome> outcomes = new ScenarioRun(scenario) { Built = recording.Attach }.Run(1);
            recording.Complete(outcomes);

            AccessSnapshot recorded = RecordFile.Open(file).Snapshots().Last().Snapshot;
            RegionSample[] regions = [.. outcomes[0].Samples[^1].Kdamonds[0].Regions];
            Assert.Equal(regions.Select(region => (region.Start, region.End)), recorded.Regions.Select(region => (region.Start, region.End)));
            Assert.Equal(
                regions.SelectMany(region => new long[] { region.ProbeHits.Get(0), region.ProbeHits.Get(1), region.ProbeHits.Get(2) }),
                recorded.ProbeHits);
        }
        finally
        {
            foreach (string suffix in (string[])["", ".kdamonds", ".mem_footprint"]) File.Delete(file + suffix);
        }
    }

    /// <summary>Regions inside one kind of memory hit in each of the 20 samples or in none; those across a border are few.</summary>
    private static void AssertHits(ImmutableArray<RegionSample> regions)
    {
        ulong sure = 0;
        foreach (RegionSample region in regions)
        {
            (int Anon, int OfB, int NotOfA)? expected = region switch
            {
                { End: <= Start + (64 * MiB) } => (20, 0, 0),
                { Start: >= Start + (64 * MiB), End: <= Start + (128 * MiB) } => (0, 20, 20),
                { Start: >= Start + (128 * MiB) } => (0, 0, 20),
                _ => null,
            };
            if (expected is not { } hits) continue;

            // Merging takes whole averages, so that one hit may be lost.
            Assert.InRange(region.ProbeHits.Get(0), Math.Max(0, hits.Anon - 1), hits.Anon);
            Assert.InRange(region.ProbeHits.Get(1), Math.Max(0, hits.OfB - 1), hits.OfB);
            Assert.InRange(region.ProbeHits.Get(2), Math.Max(0, hits.NotOfA - 1), hits.NotOfA);
            sure += region.Size;
        }

        // A region has a tenth of the memory at most, and there are two borders.
        Assert.True(sure >= 256 * MiB * 8 / 10, $"only {sure} bytes are in regions of one kind of memory");
    }

    private static ImmutableArray<RegionSample> LastRegions(string text) => Run(text).Samples[^1].Kdamonds[0].Regions;

    private static HostOutcome Run(string text)
    {
        HostOutcome outcome = Assert.Single(new ScenarioRun(Small.ReadAlone(text)).Run(1));
        Assert.Null(outcome.Failure);
        return outcome;
    }
}
