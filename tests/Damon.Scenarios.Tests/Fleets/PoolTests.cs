using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Fleets.Agents;

namespace Damon.Scenarios.Tests.Fleets;

/// <summary>Memory that hosts share: what is lent, refused and given back, and that none is ever lost.</summary>
public sealed class PoolTests
{
    private const ulong MiB = 1 << 20;

    /// <summary>Four hosts of 16 MiB whose tenants of 40 MiB need the pool, one after the other, from 10 s to 25 s or so.</summary>
    private const string Text = """
        run { duration = 34 s, sample-interval = 1 s, window = 2 }
        machine { page-size = 64 KiB, nodes = [ { size = 16 MiB }, { size = 64 MiB, tier = cxl, pooled = on, at-start = 4 MiB } ] }
        hosts.web {
          count = 4
          cgroups."/a".workloads = [
            { kind = growing-heap, size = 40 MiB, step = 2 MiB, step-every = 1 s, fallback = 1
              start = { draw = uniform, from = 1 s, to = 4 s }, stop = { draw = uniform, from = 23 s, to = 26 s } } ]
        }
        fleet.pool { size = 88 MiB, chunk = 4 MiB, check-every = 1 s, borrow-below = 3 MiB, return-above = 8 MiB }

        """;

    [Fact]
    public void Hosts_borrow_what_they_need_and_give_it_back()
    {
        FleetOutcome outcome = Run(Text);
        ImmutableArray<FleetReading> course = outcome.Courses.Single(one => one.Name == "/fleet/pool").Readings;

        Assert.Equal(34, course.Length);
        Assert.Equal<double>([16 * MiB, 72 * MiB, 4, 0, 0], course[0].Values);
        Assert.Contains(course, reading => reading.Values[0] >= 48 * MiB);
        Assert.True(course[^1].Values[0] <= 4 * 12 * MiB);
        Assert.True(course[^1].Values[4] == 0);
        Assert.All(outcome.Hosts, host => Assert.Empty(host.Refusals));
        Assert.All(outcome.Hosts, host => Assert.Contains(host.Samples, sample => sample.Memcgs[0].ResidentBytesByNode[1] >= 12 * MiB));
    }

    [Fact]
    public void What_is_asked_for_arrives_two_windows_after_or_as_much_later_as_is_said()
    {
        Assert.Equal(2_000_000UL, FirstGrant("1 s") - FirstAsk());
        Assert.Equal(4_000_000UL, FirstGrant("3 s") - FirstAsk());
    }

    [Fact]
    public void Who_asks_an_empty_pool_is_refused_and_asks_again()
    {
        FleetOutcome outcome = Run(Text + "fleet.pool.size = 24 MiB");
        ImmutableArray<FleetReading> course = outcome.Courses[0].Readings;

        Assert.All(course, reading => Assert.Equal(24 * MiB, reading.Values[0] + reading.Values[1]));
        Assert.Contains(course, reading => reading.Values[1] == 0);
        Assert.True(course[^1].Values[4] >= 8, $"{course[^1].Values[4]} refusals");
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "fleet.pool.size = 40 MiB")]
    [InlineData(3, "fleet.pool.grant-latency = 3 s")]
    [InlineData(4, "run.window-length = 500 ms, fleet.pool.check-every = 500 ms")]
    public void No_memory_is_lost_or_doubled_and_any_engine_comes_to_the_same_digest(int seed, string more)
    {
        Fleet fleet = new(Small.ReadAlone(Text + more));
        string digest = new FleetRun(fleet).Run(1).Digest;
        int checks = 0;
        ScatteredEngine engine = new(fleet, seed, seed) { AfterWindow = (_, members) => checks += Check(members) };

        Assert.Equal(digest, new FleetRun(fleet).Run(4).Digest);
        Assert.Equal(digest, engine.Run());
        Assert.Equal(fleet.WindowCount, checks);
    }

    [Theory]
    [InlineData("fleet.pool.size = 300 MiB", "fleet.pool.size: found \"300 MiB\", allowed: at most 256 MiB, which is what all pooled nodes together can hold")]
    [InlineData("fleet.pool.size = 12 MiB", "fleet.pool.size: found \"12 MiB\", allowed: at least 16 MiB, which is what the pooled nodes have at-start")]
    [InlineData("fleet.pool.return-above = 6 MiB", "fleet.pool.return-above: found \"6 MiB\", allowed: at least borrow-below and chunk together, 7 MiB")]
    [InlineData("fleet.pool.chunk = 1028 KiB", "fleet.pool.chunk: found \"1028 KiB\", allowed: a multiple of the page-size of web-0")]
    [InlineData("fleet.pool.grant-latency = 100 ms", "fleet.pool.grant-latency: found \"100 ms\", allowed: whole windows of run.window-length, which is 1 s")]
    [InlineData("fleet.pool = null", "pool is not set, allowed: a pool, as a node of web-0 is pooled")]
    [InlineData("machine.nodes = [ { size = 16 MiB }, { size = 64 MiB } ]", "fleet.pool.size: found \"88 MiB\", allowed: a pool only where machine.nodes of some host are pooled")]
    [InlineData("machine.nodes = [ { size = 16 MiB, at-start = 4 MiB } ]", "at-start: found \"4 MiB\", allowed: 0 B of a node that is not pooled")]
    public void What_cannot_be_is_refused(string more, string said) =>
        Assert.Contains(said, Small.Error(Text + more), StringComparison.Ordinal);

    [Fact]
    public void Nobody_else_takes_memory_of_the_pool()
    {
        CommandReader reader = new(new Fleet(Small.ReadAlone(Text)));

        Assert.Contains("not of the fleet's pool", Assert.Throws<CommandException>(() => reader.Read("web-0", "take-memory 1 1MiB")).Message, StringComparison.Ordinal);
        reader.Read("web-0", "take-memory 0 1MiB");
    }

    private static FleetOutcome Run(string text) => new FleetRun(new Fleet(Small.ReadAlone(text))).Run(2);

    private static ulong FirstAsk()
    {
        // Asked by the look that finds less than 3 MiB of the 4 MiB free; readings are as often as looks.
        return Run(Text).Hosts[0].Samples.First(sample => sample.Nodes[1].FreeBytes < 3 * MiB).AtUs;
    }

    private static ulong FirstGrant(string latency) =>
        Run(Text + $"fleet.pool.grant-latency = {latency}").Hosts[0].Samples.First(sample => HeldBack(sample) < 60 * MiB).AtUs - 1_000_000;

    private static ulong HeldBack(HostSample sample) => sample.Nodes[1].UsedBytes - sample.Memcgs[0].ResidentBytesByNode[1];

    /// <summary>What the pool has, what hosts have and what is under way is all of it.</summary>
    private static int Check(IReadOnlyList<FleetMember> members)
    {
        MemoryPool pool = members.OfType<MemoryPool>().Single();
        ulong lent = 0;
        foreach (HostMember host in members.OfType<HostMember>())
        {
            PoolAgent agent = host.Agents.OfType<PoolAgent>().Single();
            NodeSample node = host.Host!.Sample().Nodes[1];
            ulong resident = host.Host.Sample().Memcgs[0].ResidentBytesByNode[1];
            Assert.Equal((64 * MiB) - agent.BorrowedBytes, node.UsedBytes - resident);
            lent += pool.LentTo(host.Index);
            Assert.True(pool.LentTo(host.Index) >= agent.BorrowedBytes);
            Assert.True(pool.LentTo(host.Index) <= agent.BorrowedBytes + (4 * MiB));
        }

        Assert.Equal(pool.Fleet.Scenario.Fleet.Pool!.SizeBytes, pool.FreeBytes + lent);
        return 1;
    }
}
