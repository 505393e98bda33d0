using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Tests.VirtualMemory;

/// <summary>Processes as targets: what happens to their regions when they exit, and when targets are committed online.</summary>
public sealed class TargetsTests
{
    private const ulong Page = 4096;

    [Fact]
    public void Regions_follow_the_mappings_at_an_update()
    {
        VmaLayout grown = Layout(0x1000_0000, heapPages: 96);
        Watch watch = Run(Settings(Target("a")) with { Events = [new VmasEvent(1_500_000, 0, grown)] }, 3_000_000);

        Assert.Equal(Bounds(Layout(0x1000_0000, heapPages: 48)), watch.BoundsAt(1_900_000)[0]);
        Assert.Equal(Bounds(grown), watch.BoundsAt(2_900_000)[0]);
    }

    [Fact]
    public void A_process_that_exits_keeps_its_regions_and_the_run_goes_on()
    {
        Watch watch = Run(Settings(Target("a"), Target("b")) with { Events = [new ExitEvent(1_500_000, 0)] }, 3_000_000);

        Assert.Equal(watch.BoundsAt(1_400_000), watch.BoundsAt(2_900_000));
        Assert.False(watch.HasEnded);
        Assert.Equal([0u, 19u], watch.HighestNrAccesses.Select(highest => Math.Min(highest, 19u)));
    }

    [Fact]
    public void When_the_last_process_exits_the_kdamond_ends()
    {
        Watch watch = Run(
            Settings(Target("a"), Target("b")) with { Events = [new ExitEvent(1_000_000, 0), new ExitEvent(1_500_000, 1)] },
            3_000_000);

        Assert.True(watch.HasEnded);
        Assert.Equal(1_500_000UL, watch.LastAtUs);
    }

    [Fact]
    public void A_commit_of_targets_without_ranges_keeps_their_regions_and_adds_the_missing_ones_at_the_next_update()
    {
        Watch watch = Run(Commit(Settings(Target("a")), Target("a"), Target("b")), 3_000_000);

        Assert.Equal(watch.BoundsAt(1_400_000)[0], watch.BoundsAt(1_900_000)[0]);
        Assert.Empty(watch.BoundsAt(1_900_000)[1]);
        Assert.Equal(Bounds(Layout(0x2000_0000, heapPages: 48)), watch.BoundsAt(2_900_000)[1]);
    }

    [Fact]
    public void An_obsolete_target_goes_and_those_behind_it_move_up()
    {
        Watch watch = Run(Commit(Settings(Target("a"), Target("b")), Target("a") with { Obsolete = true }, Target("b")), 2_000_000);

        Assert.Equal([Bounds(Layout(0x2000_0000, heapPages: 48))], watch.BoundsAt(1_900_000));
        Assert.Null(watch.CommitError);
    }

    [Fact]
    public void A_target_that_takes_another_process_follows_it_at_the_next_update()
    {
        Watch watch = Run(Commit(Settings(Target("a")), Target("b")), 3_000_000);

        Assert.Equal(Bounds(Layout(0x1000_0000, heapPages: 48)), watch.BoundsAt(1_900_000)[0]);
        Assert.Equal(Bounds(Layout(0x2000_0000, heapPages: 48)), watch.BoundsAt(2_900_000)[0]);
    }

    [Fact]
    public void A_commit_with_an_unknown_process_or_a_wrongly_obsolete_target_is_refused_in_one_sentence()
    {
        Watch unknown = Run(Commit(Settings(Target("a")), Target("c")), 2_000_000);
        Watch obsolete = Run(Commit(Settings(Target("a")), Target("a"), Target("b") with { Obsolete = true }), 2_000_000);

        Assert.Equal("target 0 names the process 'c', which the host does not have", unknown.CommitError);
        Assert.Equal("target 1 is marked as obsolete; there are only 1 targets that can be", obsolete.CommitError);
        Assert.Single(unknown.BoundsAt(1_900_000));
    }

    [Fact]
    public void A_host_with_targets_or_mappings_that_do_not_fit_is_refused()
    {
        Assert.Contains("names no process", Refusal(Settings(new TargetSettings([]))), StringComparison.Ordinal);
        Assert.Contains("'c', which the host does not have", Refusal(Settings(Target("c"))), StringComparison.Ordinal);
        Assert.Contains(
            "only targets of virtual address spaces",
            Refusal(VirtualHost.Host(
                VirtualHost.Kdamond(OperationsKind.Paddr, new TargetSettings([new(0, Page)], "a")), Process("a", 0x1000_0000))),
            StringComparison.Ordinal);
        HostSettings valid = Settings(Target("a"));
        Assert.Contains(
            "two processes 'a'",
            Refusal(valid with { Processes = [valid.Processes[0], valid.Processes[0]] }),
            StringComparison.Ordinal);
        Assert.Contains(
            "event 0 for process 'a': the mapping [4096, 4096) is empty",
            Refusal(valid with { Events = [new VmasEvent(0, 0, new VmaLayout([new(Page, Page, 0, 0)]))] }),
            StringComparison.Ordinal);
    }

    private static string Refusal(HostSettings settings) =>
        Assert.Throws<ArgumentException>(() => new SimulatedHost(settings)).Message;

    private static TargetSettings Target(string process) => new([], process);

    /// <summary>A host with the processes a and b, of which the named ones are monitored at first.</summary>
    private static HostSettings Settings(params TargetSettings[] targets) => VirtualHost.Host(
        VirtualHost.Kdamond(OperationsKind.Vaddr, targets),
        Process("a", 0x1000_0000),
        Process("b", 0x2000_0000, firstPfn: 200));

    private static HostSettings Commit(HostSettings settings, params TargetSettings[] targets) => settings with
    {
        Events = [new CommitEvent(1_500_000, 0, settings.Kdamonds[0] with { Targets = [.. targets] })],
    };

    /// <summary>A process whose pages are always in use, with room for twice its heap.</summary>
    private static ProcessSettings Process(string name, ulong start, ulong firstPfn = 0)
    {
        ProcessSettings process = VirtualHost.Resident(Layout(start, heapPages: 48), name, firstPfn);
        return process with { NrPages = 200, Rules = [VirtualHost.Busy(200)] };
    }

    /// <summary>Text, heap and stack, with a big gap between each two.</summary>
    private static VmaLayout Layout(ulong start, uint heapPages) => new(
    [
        new(start, start + (16 * Page), 0, FirstPage: 0),
        new(start + (1000 * Page), start + ((1000 + heapPages) * Page), 0, FirstPage: 32),
        new(start + (5000 * Page), start + (5016 * Page), 0, FirstPage: 16),
    ]);

    /// <summary>Where the runs of touching regions begin and end.</summary>
    private static ulong[] Bounds(VmaLayout layout) => [.. layout.Vmas.SelectMany(vma => new[] { vma.Start, vma.End })];

    private static Watch Run(HostSettings settings, ulong untilUs)
    {
        SimulatedHost host = new(settings);
        Watch watch = new(settings.Kdamonds[0].Targets.Length);
        ActorRef observer = host.World.Spawn(Props.Create(() => watch), "watch");
        host.Map.Kdamonds[0].Ask<Observe, Done>(new Observe(observer));
        host.RunUntil(untilUs);
        IReadOnlyList<ControlOutcome> outcomes =
            host.Map.Kdamonds[0].Ask<ReadControlOutcomes, IReadOnlyList<ControlOutcome>>(default);
        if (outcomes.Count > 0) watch.CommitError = outcomes[0].Error;
        return watch;
    }

    /// <summary>Remembers the bounds of each target's regions at each aggregation.</summary>
    private sealed class Watch(int nrTargets) : Actor, IRespond<KdamondMoment, Done>
    {
        private readonly SortedList<ulong, ulong[][]> _bounds = [];

        public bool HasEnded { get; private set; }

        public ulong LastAtUs { get; private set; }

        public string? CommitError { get; set; }

        /// <summary>By target: the highest access frequency in the last aggregation.</summary>
        public uint[] HighestNrAccesses { get; } = new uint[nrTargets];

        public ulong[][] BoundsAt(ulong atUs) => _bounds.Last(entry => entry.Key <= atUs).Value;

        public Done Respond(in KdamondMoment moment)
        {
            LastAtUs = (ulong)Context.Now.Microseconds;
            HasEnded |= moment.Kind == MomentKind.RanOutOfTargets;
            if (moment.Kind == MomentKind.IterationEnded)
                _bounds[LastAtUs] = [.. moment.Context.Targets.Select(target => BoundsOf(target.Regions))];
            if (moment.Kind == MomentKind.Aggregated && moment.Context.Targets.Count == nrTargets)
            {
                for (int i = 0; i < nrTargets; i++) HighestNrAccesses[i] = Highest(moment.Context.Targets[i].Regions);
            }

            return default;
        }

        private static uint Highest(RegionList regions)
        {
            uint highest = 0;
            foreach (ref readonly Region region in regions.Span) highest = Math.Max(highest, region.NrAccesses);
            return highest;
        }

        private static ulong[] BoundsOf(RegionList regions)
        {
            List<ulong> bounds = [];
            foreach (ref readonly Region region in regions.Span)
            {
                if (bounds.Count > 0 && bounds[^1] == region.Start) bounds[^1] = region.End;
                else bounds.AddRange([region.Start, region.End]);
            }

            return [.. bounds];
        }
    }
}
