using Damon.Actors.Hosts;
using Damon.Hocon;
using Damon.Model.Workloads;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Reading;

public sealed class MasimWorkloadTests
{
    private const string Configuration = "hot, 8388608\ncold, 25165824\n\nonly\n2000\nhot, 0, 64, 1\n";

    [Fact]
    public void A_file_is_a_program_of_the_size_of_its_regions_and_ends_with_its_phases()
    {
        HostSettings host = Host("workload = { masim = \"a.cfg\" }", Configuration);
        ProcessSettings process = Assert.Single(host.Processes);

        Assert.Equal(32u << 8, process.NrPages);
        AccessRule rule = Assert.Single(process.Rules);
        Assert.Equal(new PageSet(0, 2048), rule.Pages);

        // 10 million accesses a second, 100 ns each: of 131,072 at a time 153 are made in 2 s, which take 2.0054016 s.
        Assert.Equal(2_005_402UL, Assert.Single(host.Events.OfType<ExitEvent>()).AtUs);
    }

    [Fact]
    public void Its_speed_is_that_of_its_nodes_memory_or_the_one_that_is_asked_for()
    {
        // The next touch of the third page is that of access 128 (offset 8192, the first access is at the stride).
        Assert.Equal(12, NextTouch(Host("workload = { masim = \"a.cfg\" }", Configuration)));
        Assert.Equal(127 * 220 / 1000, NextTouch(Host("workload = { masim = \"a.cfg\", node = 1 }", Configuration)), 1.0);
        Assert.Equal(127_000, NextTouch(Host("workload = { kind = masim, masim = \"a.cfg\", access-rate = 1000 }", Configuration)));
        Assert.Equal(1_127_000, NextTouch(Host("workload = { masim = \"a.cfg\", access-rate = 1000, start = 1 s }", Configuration)));

        static long NextTouch(HostSettings host) => host.Processes[0].Rules[0].NextTouchUs(2, -1);
    }

    [Fact]
    public void A_repeated_program_does_not_exit()
    {
        Assert.Empty(Host("workload = { masim = \"a.cfg\", at-end = repeat }", Configuration).Events.OfType<ExitEvent>());
        Assert.Equal(1_000_000UL, Assert.Single(Host("workload = { masim = \"a.cfg\", stop = 1 s }", Configuration).Events.OfType<ExitEvent>()).AtUs);
    }

    [Fact]
    public void Hosts_draw_for_themselves()
    {
        const string Mixed = "a, 4096\nb, 4096\n\np\n1500\na, 0, 64, 1\nb, 0, 64, 1\n";
        Scenario scenario = Small.ReadWith(Text("workload = { masim = \"a.cfg\" }") + "hosts.h.count = 2", ("folder/a.cfg", Mixed));
        bool[][] drawn = [.. scenario.Hosts.Select(host => Enumerable.Range(0, 100)
            .Select(draw => host.Settings.Processes[0].Rules[0].Touched(0, (draw * 13_107) + 100, (draw * 13_107) + 13_000)).ToArray())];
        Assert.InRange(drawn[0].Zip(drawn[1]).Count(pair => pair.First != pair.Second), 25, 75);
    }

    [Theory]
    [InlineData("workload = { masim = \"b.cfg\" }", "folder/test.conf:4", "masim: found \"b.cfg\"", "there is no folder/b.cfg")]
    [InlineData("workload = { kind = masim }", "masim is not set", "a masim configuration")]
    [InlineData("workload = { masim = \"bad.cfg\" }", "folder/bad.cfg:6: there is no region 'hott'", "'hot'")]
    [InlineData("workload = { masim = \"suffix.cfg\", strict = on }", "suffix.cfg:1", "'8K' is no plain number")]
    [InlineData("workload = { masim = \"a.cfg\", size = 1 MiB }", "size: found 1 MiB|size: found \"1 MiB\"", "at least the 32 MiB of the regions")]
    [InlineData("workload = { masim = \"a.cfg\", access-rate = 0 }", "access-rate: found 0", "1..100000000000")]
    [InlineData("workload = { masim = \"mixed.cfg\", access-rate = 100000000000, at-end = repeat }", "access-rate", "at most 16777216 draws")]
    [InlineData("workload = { masim = \"a.cfg\", period = 1 s }", "period", "unknown key")]
    [InlineData("workload = { kind = zipf, size = 1 MiB, masim = \"a.cfg\" }", "masim", "unknown key")]
    [InlineData("workload = { masim = \"huge.cfg\" }", "configuration of 64 TiB")]
    [InlineData("workload = { masim = \"big.cfg\" }", "workload", "at most 128 MiB, which is left")]
    [InlineData("workload = { masim = \"a.cfg\" }, workloads = [ { masim = \"a.cfg\" } ]", "workload", "not both")]
    public void A_mistake_is_told_with_its_place(string tenant, params string[] parts)
    {
        string message = Assert.Throws<HoconException>(() => Small.ReadWith(
            Text(tenant) + "run.duration = 60 s",
            ("folder/a.cfg", Configuration),
            ("folder/bad.cfg", Configuration.Replace("hot, 0", "hott, 0", StringComparison.Ordinal)),
            ("folder/suffix.cfg", "a, 8K\n\np\n1000\na, 0, 64, 1\n"),
            ("folder/mixed.cfg", "a, 4096\nb, 4096\n\np\n1500\na, 0, 64, 1\nb, 0, 64, 1\n"),
            ("folder/huge.cfg", "a, 70368744177665\n\np\n1500\na, 0, 64, 1\n"),
            ("folder/big.cfg", "a, 268435456\n\np\n1500\na, 0, 64, 1\n"))).All[0].Message;
        foreach (string part in parts)
            Assert.True(part.Split('|').Any(one => message.Contains(one, StringComparison.Ordinal)), $"'{part}' is not in: {message}");
    }

    [Fact]
    public void What_masim_would_read_otherwise_is_noted()
    {
        Scenario scenario = Small.ReadWith(Text("workload = { masim = \"a.cfg\" }"), ("folder/a.cfg", "a, 8K\n\np\n1000\na, 0, 64, 1\n"));
        Assert.Contains("folder/a.cfg:1", Assert.Single(scenario.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Monitoring_sees_the_region_that_the_phase_is_about()
    {
        const string Stairs = "a, 16777216\nb, 16777216\n\nfirst\n2000\na, 0, 4096, 1\n\nsecond\n2000\nb, 0, 4096, 1\n";
        Scenario scenario = Small.ReadWith(
            Text("workload = { masim = \"a.cfg\" }")
            + "run { duration = 3900 ms, sample-interval = 1900 ms, snapshots = on }\nmachine { allocation = lowest-first, start = 0 }\ndamo = \"damo start --numa_node 0\"",
            ("folder/a.cfg", Stairs));
        HostOutcome outcome = new ScenarioRun(scenario).Run()[0];
        Assert.Equal([true, false], HotMiB(1));
        Assert.Equal([false, true], HotMiB(2));

        // Which of the two regions is seen hot: more than half of its bytes by regions that more than half of the samples found accessed.
        bool[] HotMiB(int sample)
        {
            ulong[] hot = new ulong[2];
            foreach (RegionSample region in outcome.Samples[sample].Kdamonds[0].Regions)
            {
                if (region.NrAccesses <= 10) continue;
                for (int i = 0; i < 2; i++)
                {
                    ulong start = Math.Max(region.Start, (ulong)i << 24), end = Math.Min(region.End, (ulong)(i + 1) << 24);
                    if (end > start) hot[i] += end - start;
                }
            }

            return [.. hot.Select(bytes => bytes > 8 << 20)];
        }
    }

    private static HostSettings Host(string tenant, string configuration) =>
        Small.ReadWith(Text(tenant), ("folder/a.cfg", configuration)).Hosts[0].Settings;

    private static string Text(string tenant) => $$"""
        run { duration = 3 s, sample-interval = 1 s, window = 2 }
        machine.nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ]
        cgroups {
          "/a" { {{tenant}} }
        }

        """;
}
