using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Tests.VirtualMemory;

/// <summary>A cgroup as a monitoring target: its processes come and go.</summary>
public sealed class CgroupTargetTests
{
    private const ulong Page = 4096;
    private const ulong Second = 1_000_000;
    private const ulong UpdateUs = 5 * Second;
    private const ulong TenMinutes = 600 * Second;

    private static readonly MemcgId Parent = new(1);
    private static readonly MemcgId Child = new(2);
    private static readonly MemcgId Other = new(3);

    [Fact]
    public void A_hundred_processes_that_fork_move_and_exit_are_followed_for_ten_minutes()
    {
        HostSettings settings = Churn(seed: 3);

        (Follower follower, ulong hash) = Run(settings, TenMinutes);

        Assert.Null(follower.Stray);
        Assert.True(follower.NrUpdates >= 119);
        Assert.True(follower.Followed.Count > 80, $"only {follower.Followed.Count} processes were ever followed");
        Assert.Equal(hash, Run(settings, TenMinutes).Hash);
        Assert.NotEqual(hash, Run(Churn(seed: 4), TenMinutes).Hash);
    }

    [Fact]
    public void A_cgroup_without_processes_is_waited_for()
    {
        HostSettings settings = Host(
            [Process(0, Parent) with { StartsLater = true }], new StartEvent(12 * Second, 0), new ExitEvent(22 * Second, 0));

        (Follower follower, _) = Run(settings, 40 * Second);

        Assert.False(follower.HasEnded);
        Assert.Equal(["p0"], follower.Followed);
        Assert.Empty(follower.Targets);
    }

    [Fact]
    public void A_process_that_moves_within_the_followed_cgroups_keeps_its_ages_and_one_that_leaves_is_dropped()
    {
        ProcessSettings[] processes = [Process(0, Parent), Process(1, Parent)];
        (Follower follower, _) = Run(Host(processes, new MoveEvent(12 * Second, 0, Child), new MoveEvent(12 * Second, 1, Other)), 31 * Second);

        Target target = Assert.Single(follower.Targets);
        Assert.Equal("p0", target.Process);
        Assert.True(target.Regions[0].Age >= 25, $"age {target.Regions[0].Age}");
    }

    [Fact]
    public void What_a_cgroup_target_cannot_be_is_said_in_one_sentence()
    {
        Assert.Contains("both the process 'p0' and the cgroup '/w'", Refusal(new([], "p0", Cgroup: "/w")), StringComparison.Ordinal);
        Assert.Contains("only vaddr follows cgroups", Refusal(new([], Cgroup: "/w"), OperationsKind.Fvaddr), StringComparison.Ordinal);
        Assert.Contains("and has ranges", Refusal(new([new(0, Page)], Cgroup: "/w")), StringComparison.Ordinal);
        Assert.Contains("cgroup '/x', which the host does not have", Refusal(new([], Cgroup: "/x")), StringComparison.Ordinal);
        SchemeSettings filtered = new()
        {
            Action = SchemeAction.Stat,
            Filters = [new SchemeFilter(SchemeFilterType.Target, true, true)],
        };
        Assert.Contains("no filter can count targets", Refusal(new([], Cgroup: "/w"), OperationsKind.Vaddr, filtered), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_that_cannot_be_are_said_in_one_sentence()
    {
        Assert.Contains("event 0 is for process 1; the host has 1", RefusalOf(new ExitEvent(0, 1)), StringComparison.Ordinal);
        Assert.Contains("event 0 for process 'p0': it cannot start", RefusalOf(new StartEvent(0, 0)), StringComparison.Ordinal);
        Assert.Contains("cannot move to the cgroup 9", RefusalOf(new MoveEvent(0, 0, new MemcgId(9))), StringComparison.Ordinal);
    }

    private static string RefusalOf(HostEvent @event) =>
        Assert.Throws<ArgumentException>(() => new SimulatedHost(Host([Process(0, Parent)], @event))).Message;

    private static string Refusal(
        TargetSettings target, OperationsKind operations = OperationsKind.Vaddr, params SchemeSettings[] schemes)
    {
        HostSettings settings = Host([Process(0, Parent)]);
        KdamondSettings kdamond = settings.Kdamonds[0] with { Operations = operations, Targets = [target], Schemes = [.. schemes] };
        return Assert.Throws<ArgumentException>(() => new SimulatedHost(settings with { Kdamonds = [kdamond] })).Message;
    }

    /// <summary>A hundred processes with random lives in three cgroups, two of which are followed.</summary>
    private static HostSettings Churn(ulong seed)
    {
        Lfsr113 random = new(seed);
        List<HostEvent> events = [];
        ProcessSettings[] processes = new ProcessSettings[100];
        for (int i = 0; i < processes.Length; i++)
        {
            ulong start = random.Between(0, TenMinutes);
            ulong exit = start + random.Between(Second, TenMinutes / 2);
            processes[i] = Process(i, random.Between(0, 10) < 7 ? Parent : Child) with { StartsLater = true };
            events.Add(new StartEvent(start, i));
            events.Add(new AllocateEvent(start, i, 0, 80, new NodeId(0), null, new FolioKind(true, true, false, true, false)));
            events.Add(new VmasEvent(start + random.Between(0, exit - start), i, Layout(i, heapPages: 96)));
            if (random.Between(0, 4) == 0)
                events.Add(new MoveEvent(start + random.Between(0, exit - start), i, random.Between(0, 2) == 0 ? Other : Child));
            events.Add(new ExitEvent(exit, i));
        }

        return Host(processes, [.. events.OrderBy(@event => @event.AtUs)]);
    }

    private static HostSettings Host(ProcessSettings[] processes, params HostEvent[] events)
    {
        SchemeSettings scheme = new()
        {
            Action = SchemeAction.MigrateCold,
            TargetNode = new NodeId(1),
            Pattern = AccessPattern.Any with { MaxNrAccesses = 0, MinAge = 60 },
            Quota = new QuotaSettings { SizeBytes = 50 * Page, ResetIntervalMs = 1_000 },
        };
        KdamondSettings kdamond = VirtualHost.Kdamond(OperationsKind.Vaddr, new TargetSettings([], Cgroup: "/w")) with
        {
            Attributes = VirtualHost.Attributes with { SampleUs = 50_000, AggregationUs = Second, OpsUpdateUs = UpdateUs, MaxNrRegions = 400 },
            Schemes = [scheme],
        };
        return VirtualHost.Host(kdamond, processes) with
        {
            Memcgs = [new(Parent, "/w"), new(Child, "/w/child"), new(Other, "/other")],
            Events = [.. events],
        };
    }

    private static ProcessSettings Process(int index, MemcgId memcg) => new()
    {
        Name = $"p{index}",
        Memcg = memcg,
        NrPages = 128,
        Vmas = Layout(index, heapPages: 48),
    };

    private static VmaLayout Layout(int index, uint heapPages)
    {
        ulong start = 0x5555_0000_0000 + ((ulong)index << 32);
        return new VmaLayout(
        [
            new(start, start + (16 * Page), 0, FirstPage: 0),
            new(start + (1000 * Page), start + ((1000 + heapPages) * Page), 0, FirstPage: 32),
            new(start + (5000 * Page), start + (5016 * Page), 0, FirstPage: 16),
        ]);
    }

    private static (Follower Follower, ulong Hash) Run(HostSettings settings, ulong untilUs)
    {
        SimulatedHost host = new(settings);
        Follower follower = new(host, settings);
        ActorRef observer = host.World.Spawn(Props.Create(() => follower), "follower");
        host.Map.Kdamonds[0].Ask<Observe, Done>(new Observe(observer));
        host.RunUntil(untilUs);
        return (follower, host.StateHash);
    }

    /// <summary>Looks right after each update whether the targets are the live processes of /w and their regions are theirs.</summary>
    private sealed class Follower(SimulatedHost host, HostSettings settings) : Actor, IRespond<KdamondMoment, Done>
    {
        public string? Stray { get; private set; }

        public int NrUpdates { get; private set; }

        public bool HasEnded { get; private set; }

        public SortedSet<string> Followed { get; } = [];

        public IReadOnlyList<Target> Targets { get; private set; } = [];

        public Done Respond(in KdamondMoment moment)
        {
            HasEnded |= moment.Kind is MomentKind.RanOutOfTargets;
            ulong now = (ulong)Context.Now.Microseconds;
            if (moment.Kind != MomentKind.IterationEnded || now % UpdateUs != 0) return default;
            NrUpdates++;
            Targets = moment.Context.Targets;
            foreach (Target target in Targets) Followed.Add(target.Process!);
            string[] expected = [.. Live()];
            string[] found = [.. Targets.Select(target => target.Process!)];
            if (!expected.SequenceEqual(found)) Stray ??= $"at {now}: {string.Join(' ', found)} rather than {string.Join(' ', expected)}";
            foreach (Target target in Targets) Check(target, now);
            return default;
        }

        private IEnumerable<string> Live() =>
            from index in host.Map.MemcgsBelow("/w").SelectMany(memcg => memcg.Ask<ReadProcesses, IReadOnlyList<int>>(default)).Order()
            let process = host.Map.Process(settings.Processes[index].Name)!.Value
            where process.Memcg.Ask<ReadIsAlive, bool>(new ReadIsAlive(index))
            select settings.Processes[index].Name;

        private void Check(Target target, ulong now)
        {
            ProcessEntry process = host.Map.Process(target.Process!)!.Value;
            ThreeRegions three = process.Memcg.Ask<FindThreeRegions, ThreeRegions?>(new FindThreeRegions(process.Index))!.Value;
            AddressRange[] ranges = [three.First, three.Second, three.Third];
            foreach (ref readonly Region region in target.Regions.Span)
            {
                (ulong start, ulong end) = (region.Start, region.End);
                if (!ranges.Any(range => range.Start <= start && end <= range.End))
                    Stray ??= $"at {now}: [{start}, {end}) of {target.Process}";
            }
        }
    }
}
