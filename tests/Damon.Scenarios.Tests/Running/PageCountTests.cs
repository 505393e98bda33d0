using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>Full counts of pages in scenarios: what is where, what it costs, and how samples compare.</summary>
public sealed class PageCountTests
{
    private const ulong MiB = 1 << 20;
    private const ulong Start = 4UL << 30;

    /// <summary>Two nodes; memory is taken from the lowest address on, so that it is known where what lies: the spans below.</summary>
    private const string Text = """
        run { duration = 12 s, sample-interval = 1 s, window = 2 }
        machine { nodes = [ { size = 96 MiB }, { size = 64 MiB } ], allocation = lowest-first }
        cgroups {
          "/huge".workloads = [ { kind = uniform, size = 32 MiB, rate = 50, huge = on } ]
          "/anon".workloads = [ { kind = uniform, size = 16 MiB } ]
          "/file".workloads = [ { kind = uniform, size = 80 MiB, file-backed = on, fallback = 1 } ]
        }

        """;

    private const string Probes = "damo = \"damo start --probe_filter allow anon --probe_filter allow memcg /file --nr_probe_filters 1 1\"\n";

    private static readonly (ulong From, ulong To, PageKind Kind)[] _spans =
    [
        (0, 32, new PageKind(new MemcgId(1), Anon: true, Active: false, Huge: true)),
        (32, 48, new PageKind(new MemcgId(2), Anon: true, Active: false, Huge: false)),
        (48, 128, new PageKind(new MemcgId(3), Anon: false, Active: false, Huge: false)),
    ];

    [Fact]
    public void Each_region_has_the_bytes_by_kind_that_lie_between_its_borders()
    {
        ImmutableArray<HostSample> samples = Run(Text + Probes + "page-monitoring = [ { count-every = 1 s } ]").Samples;
        int acrossHuge = 0;
        int acrossNodes = 0;
        foreach (PageSurvey survey in samples.Select(sample => sample.Kdamonds[0].Pages).OfType<PageSurvey>())
        {
            foreach (RegionPages region in survey.Regions)
            {
                (ulong start, ulong end) = (region.Region.Start - Start, region.Region.End - Start);
                PageTally expected = new();
                foreach ((ulong from, ulong to, PageKind kind) in _spans)
                {
                    (ulong low, ulong high) = (Math.Max(start, from * MiB), Math.Min(end, to * MiB));
                    if (low < high) expected.Add(kind, high - low);
                }

                Assert.Equal(expected.ToCounts(), region.Counts);
                Assert.Equal(region.Region.Size, region.Bytes);
                if (start < 32 * MiB && start % (2 * MiB) != 0) acrossHuge++;
                if (start < 96 * MiB && end > 96 * MiB) acrossNodes++;
            }

            Assert.Equal((48 * MiB, 80 * MiB, 32 * MiB), (survey.Total.AnonBytes, survey.Total.FileBytes, survey.Total.HugeBytes));

            // One look for each huge folio, and one for each other page, empty or not.
            Assert.InRange(survey.Looks, 16UL + (128 * 256), 16UL + (128 * 256) + (ulong)survey.Regions.Length);
        }

        Assert.True(acrossHuge > 0, "no region begins inside a huge folio");
        Assert.True(acrossNodes > 0, "no region lies on both nodes");
    }

    [Fact]
    public void Samples_are_off_as_much_as_their_standard_error_says()
    {
        HostOutcome outcome = Run(Text + Probes + "page-monitoring = [ { count-every = 1 s, count-costs = off, weights = [ 1, 1 ] } ]\nmachine.allocation = scatter");
        ImmutableArray<ProbeAccuracy> accuracy = ProbeAccuracy.Of(outcome);

        Assert.Equal(2, accuracy.Length);
        Assert.Equal((48.0 * MiB, 80.0 * MiB), (accuracy[0].ExactBytes, accuracy[1].ExactBytes));
        foreach (ProbeAccuracy one in accuracy)
        {
            Assert.Equal(12, one.NrCounts);
            Assert.Equal(one.ExactBytes, one.EstimateBytes, 8.0 * MiB);
            Assert.InRange(one.ErrorBytes, one.StandardErrorBytes / 4, one.StandardErrorBytes * 3);
            Assert.InRange(one.WithinTwoErrors, 0.85, 1);

            // Nothing comes or goes, so that the count before is as good as the new one.
            Assert.Equal((0.0, 0.0), (one.StaleErrorBytes, one.StaleRegionError));
        }
    }

    [Fact]
    public void A_count_goes_stale_by_what_comes_and_goes()
    {
        const string Growing = "cgroups.\"/file\".workloads = [ { kind = page-cache-fill, size = 64 MiB, speed = 4 MiB, fallback = 1 } ]\n";
        ProbeAccuracy file = ProbeAccuracy.Of(Run(Text + Growing + Probes + "page-monitoring = [ { count-every = 2 s, count-costs = off } ]"))[1];

        Assert.Equal(8.0 * MiB, file.StaleErrorBytes!.Value, 0.5 * MiB);
        Assert.Equal(8.0 / 160, file.StaleRegionError!.Value, 0.004);
    }

    [Fact]
    public void A_count_takes_its_kdamond_time_look_by_look_unless_it_is_the_simulators()
    {
        const string Costs = "costs { kdamond-time = on, wake-up = 0, access-check = 0, probe-check = 0, aggregate-region = 0, count-page = 50 ns }\n";
        HostOutcome paid = Run(Text + Probes + Costs + "page-monitoring = [ { count-every = 5 s } ]");
        HostOutcome free = Run(Text + Probes + Costs + "page-monitoring = [ { count-every = 5 s, count-costs = off } ]");

        ulong looks = ProbeAccuracy.SurveysOf(paid, 0).Aggregate(0UL, (sum, survey) => sum + survey.Looks);
        Assert.Equal(2, ProbeAccuracy.SurveysOf(paid, 0).Length);
        Assert.Equal(looks * 50, paid.Samples[^1].Kdamonds[0].BusyNs);
        Assert.Equal(0UL, free.Samples[^1].Kdamonds[0].BusyNs);
    }

    [Fact]
    public void Probes_cost_a_look_at_each_region_each_sampling_and_save_the_access_check_when_they_are_alone()
    {
        const string Costs = "costs { kdamond-time = on, wake-up = 0, access-check = 300 ns, probe-check = 100 ns, aggregate-region = 0 }\nrun.duration = 2 s\n";
        ulong beside = Run(Text + Probes + Costs).Samples[^1].Kdamonds[0].BusyNs;
        ulong alone = Run(Text + Probes + Costs + "page-monitoring = [ { weights = [ 1 ] } ]").Samples[^1].Kdamonds[0].BusyNs;
        ulong none = Run(Text + "damo = \"damo start\"\n" + Costs).Samples[^1].Kdamonds[0].BusyNs;

        Assert.Equal((0UL, 0UL, 0UL), (beside % 400, alone % 100, none % 300));

        // A third more for as many regions; how many there are differs a little, as waking later changes what is seen.
        Assert.InRange((double)beside / none, 1.25, 1.45);
    }

    [Fact]
    public void Counting_for_nothing_changes_no_bit()
    {
        Assert.Equal(
            Run(Text + Probes).StateHash, Run(Text + Probes + "page-monitoring = [ { count-every = 1 s, count-costs = off } ]").StateHash);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("on")]
    public void Regions_of_a_process_count_what_it_has_mapped_there_on_whatever_node(string huge)
    {
        HostOutcome outcome = Run($$"""
            run { duration = 12 s, sample-interval = 1 s, window = 2 }
            machine.nodes = [ { size = 128 MiB }, { size = 128 MiB, tier = cxl } ]
            cgroups {
              "/app".workloads = [ { pid = 100, kind = heat-bands, size = 80 MiB, bands = [ { size = 40 MiB, period = 4 ms } ], huge = {{huge}}, file-backed = on } ]
              "/other".workloads = [ { kind = uniform, size = 16 MiB } ]
            }
            damo = "damo start --ops vaddr --target_pid 100 --damos_action migrate_hot 0 1 1 1 --damos_access_rate 50% max --damos_apply_interval 1s"
            page-monitoring = [ { count-every = 1 s } ]
            """);
        PageSurvey survey = outcome.Samples[^1].Kdamonds[0].Pages!;

        // Dealt out over both nodes by now, and neither lost nor counted twice, wherever regions begin.
        Assert.InRange(outcome.Samples[^1].Nodes[1].UsedBytes, 20 * MiB, 22 * MiB);
        Assert.Equal((0UL, 80 * MiB, huge == "on" ? 80 * MiB : 0), (survey.Total.AnonBytes, survey.Total.FileBytes, survey.Total.HugeBytes));
        Assert.Equal(80 * MiB, survey.Total.BytesOf(new MemcgId(1)));
        foreach (RegionPages region in survey.Regions)
        {
            ulong low = Math.Max(region.Region.Start, 85UL << 40);
            ulong high = Math.Min(region.Region.End, (85UL << 40) + (80 * MiB));
            Assert.Equal(low < high ? high - low : 0, region.Counts.Bytes);
        }
    }

    private static HostOutcome Run(string text)
    {
        HostOutcome outcome = Assert.Single(new ScenarioRun(Small.ReadAlone(text)).Run(1));
        Assert.Null(outcome.Failure);
        return outcome;
    }
}
