using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Fleets;

/// <summary>Hosts as members of a fleet: windows change nothing, commands come at their begin.</summary>
public sealed class HostMemberTests
{
    private const string Costly = "costs { kdamond-time = on, memory.counts = on, wake-up = 40 ms }\nswap.kind = zswap\n";

    [Theory]
    [InlineData("", "1 s")]
    [InlineData("", "70 ms")]
    [InlineData("", "2 s")]
    [InlineData(Costly, "1 s")]
    [InlineData(Costly, "10 ms")]
    [InlineData(Costly + "run.sample-interval = 70 ms\n", "330 ms")]
    public void Where_windows_end_changes_no_bit_and_no_reading(string more, string window)
    {
        HostOutcome whole = Run(Small.Read(more + "run.window-length = 1 h"));
        HostOutcome cut = Run(Small.Read($"{more}run.window-length = {window}"));

        Assert.Equal(whole.StateHash, cut.StateHash);
        Assert.Equivalent(whole.Samples, cut.Samples, strict: true);
    }

    [Fact]
    public void A_host_run_at_once_by_itself_is_the_member_in_windows()
    {
        Scenario scenario = Small.Read(Costly);
        SimulatedHost host = new(scenario.Hosts[0].Settings);
        host.RunUntil(scenario.Run.DurationUs);

        Assert.Equal(host.StateHash, Run(scenario).StateHash);
    }

    [Fact]
    public void A_command_takes_effect_at_the_begin_of_its_window()
    {
        Fleet fleet = new(Small.Read());
        MemberCommand command = new CommandReader(fleet).Read("host", "balloon 0 8MiB") with { Window = 1 };
        ImmutableArray<HostSample> samples = new FleetRun(fleet).Run(1, [command]).Hosts[0].Samples;
        HostOutcome bySettings = Run(Small.Read("events = [ { at = 1 s, kind = balloon, size = 8 MiB } ]"));

        Assert.Equal([1_000_000UL, 2_000_000UL], samples.Where(sample => sample.AtUs is 1_000_000 or 2_000_000).Select(sample => sample.AtUs));
        Assert.Equal(8UL << 20, samples[2].Nodes[0].UsedBytes + samples[2].Memcgs[0].ResidentBytesByNode[1] - samples[1].Nodes[0].UsedBytes
            - samples[1].Memcgs[0].ResidentBytesByNode[1]);
        Assert.Equal(bySettings.Samples[2].Nodes[0].UsedBytes, samples[2].Nodes[0].UsedBytes);
    }

    [Fact]
    public void Windows_come_one_after_the_other()
    {
        FleetMember member = new Fleet(Small.Read()).Member(0);
        member.RunWindow(0, [], []);

        Assert.Throws<ArgumentException>(() => member.RunWindow(0, [], []));
        Assert.Throws<ArgumentException>(() => member.RunWindow(2, [], []));
        Assert.Equal(1, member.NextWindow);
    }

    [Fact]
    public void A_member_that_is_saved_goes_on_as_if_nothing_had_been()
    {
        Fleet fleet = new(Small.Read("run { duration = 6 s, sample-interval = 1500 ms }"));
        HostMember one = (HostMember)fleet.Member(0);
        for (long window = 0; window < 2; window++) one.RunWindow(window, [], []);
        one.TakeReadings();

        using MemoryStream bytes = new();
        one.Save(new BinaryWriter(bytes));
        HostMember other = (HostMember)fleet.Member(0);
        bytes.Position = 0;
        other.Load(new BinaryReader(bytes));
        for (long window = 2; window < fleet.WindowCount; window++) other.RunWindow(window, [], []);

        FleetOutcome whole = new FleetRun(fleet).Run(1);
        Assert.Equal(bytes.Length, bytes.Position);
        Assert.Equal([3_000_000UL, 4_500_000, 6_000_000], other.TakeReadings().Select(sample => sample.AtUs));
        Assert.Equal(whole.Digest, FleetDigest.Of([new MemberDigest("host", other.End().StateHash, other.ResultsHash.Value)]));
    }

    [Fact]
    public void What_a_period_has_seen_is_saved_with_it()
    {
        Fleet fleet = new(Small.ReadAlone("""
            run { duration = 6 s, sample-interval = 1 s, window = 2 }
            machine.nodes = [ { size = 64 MiB }, { size = 64 MiB } ]
            costs.memory.counts = on
            cgroups."/a".workloads = [ { kind = heat-bands, size = 16 MiB, pid = 100, bands = [ { size = 16 MiB, period = 4 ms } ] } ]
            damo = "damo start --ops vaddr --target_pid 100 --damos_action migrate_hot 0 3 1 1 --damos_access_rate 50% max"
            events = [ { at = 1500 ms, kind = pause }, { at = 3500 ms, kind = resume } ]
            """));
        HostMember member = (HostMember)fleet.Member(0);
        for (long window = 0; window < fleet.WindowCount; window++)
        {
            member.RunWindow(window, [], []);
            member.TakeReadings();
            using MemoryStream bytes = new();
            member.Save(new BinaryWriter(bytes));
            member = (HostMember)fleet.Member(0);
            bytes.Position = 0;
            member.Load(new BinaryReader(bytes));
        }

        ImmutableArray<Period> whole = new FleetRun(fleet).Run(1).Hosts[0].Periods;
        Assert.Equal([0UL, 1_500_000, 3_500_000], whole.Select(period => period.FromUs));
        Assert.All(whole, period => Assert.True(period.TrafficShare(1) > 0.2));
        Assert.Equivalent(whole, member.End().Periods, strict: true);
    }

    private static HostOutcome Run(Scenario scenario) => new ScenarioRun(scenario).Run(1)[0];
}
