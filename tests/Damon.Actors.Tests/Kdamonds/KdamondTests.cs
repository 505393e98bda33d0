using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using Damon.Actors.Tests.Hosts;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Tests.Kdamonds;

/// <summary>A kdamond's protocol and times; its host and the nodes are probes.</summary>
public sealed class KdamondTests
{
    private const ulong Page = ProbedHost.Page;

    private static readonly SchemeSettings Stat = new() { Action = SchemeAction.Stat };

    private static readonly KdamondSettings Settings = new()
    {
        Attributes = new MonitoringAttributes { SampleUs = 5_000, AggregationUs = 20_000, MinNrRegions = 3 },
        Targets = [new TargetSettings([new AddressRange(0, 16 * Page), new AddressRange(20 * Page, 48 * Page)])],
        Schemes = [Stat],
    };

    private readonly ProbedHost _probed = new();
    private readonly List<(long Us, MomentKind Kind, bool Aggregated, bool Applied, int NrRegions)> _moments = [];
    private SplitState _splits;
    private int _spawned;

    public KdamondTests()
    {
        _probed.Host.Respond<ReadSplitState, SplitState>(_ => _splits);
        _probed.Host.Respond<WriteSplitState, Done>(request =>
        {
            _splits = request.State;
            return default;
        });
        _probed.ReplyOfNodes((MarkOld _) => default(Done));
        _probed.ReplyOfNodes((CheckYoung request) =>
        {
            request.Young.Span.Fill(true);
            return request.Young.Length;
        });
    }

    [Fact]
    public void It_samples_each_interval_and_asks_each_node_for_its_own_addresses()
    {
        Spawn(Settings);
        Advance(11);

        string[] check = ["/node-0 CheckYoung", "/node-1 CheckYoung"];
        string[] mark = ["/node-0 MarkOld", "/node-1 MarkOld"];
        Assert.Equal(
            [0L, 0, 5_000, 5_000, 5_000, 5_000, 10_000, 10_000, 10_000, 10_000], _probed.Asked.Select(one => one.Us));
        foreach (var (_, who, request) in _probed.Asked)
        {
            ReadOnlyMemory<ulong> addresses = request switch
            {
                MarkOld old => old.Addresses,
                CheckYoung young => young.Addresses,
                _ => throw new InvalidOperationException("only sampling is expected"),
            };
            ulong start = who == "/node-0" ? 0 : ProbedHost.FirstPfnOfNode1 * Page;
            Assert.All(addresses.ToArray(), address => Assert.InRange(address, start, start + (ProbedHost.FramesPerNode * Page) - 1));
        }

        Assert.Equal([.. mark, .. check, .. mark, .. check, .. mark], _probed.TakeAsked());
    }

    [Fact]
    public void A_sampling_interval_that_is_no_whole_tick_takes_longer()
    {
        Spawn(Settings with { Attributes = Settings.Attributes with { SampleUs = 4_001 } });
        Advance(11);

        Assert.Equal([0L, 5_000, 10_000], _probed.Asked.Select(one => one.Us).Distinct());
    }

    [Fact]
    public void Observers_see_an_aggregation_before_its_counters_are_reset_and_the_iterations_end_after()
    {
        ActorRef kdamond = Spawn(Settings);
        TestProbe observer = _probed.World.CreateProbe("observer");
        List<(uint Now, uint Last)> counters = [];
        observer.Respond<KdamondMoment, Done>(moment =>
        {
            _moments.Add((_probed.World.Now.Microseconds, moment.Kind, moment.Aggregated, moment.Applied, moment.Context.NrRegions));
            ref Region region = ref moment.Context.Targets[0].Regions[0];
            counters.Add((region.NrAccesses, region.LastNrAccesses));
            Assert.Single(moment.Schemes);
            return default;
        });
        kdamond.Ask<Observe, Done>(new Observe(observer.Ref));
        Advance(24);

        Assert.Equal([MomentKind.Aggregated, MomentKind.IterationEnded], _moments.Select(moment => moment.Kind));
        Assert.All(_moments, moment => Assert.Equal(20_000, moment.Us));
        Assert.True(_moments[1] is { Aggregated: true, Applied: true });
        Assert.True(_moments[1].NrRegions > _moments[0].NrRegions, "the split is not seen");
        Assert.Equal([(4U, 0U), (0U, 4U)], counters);
        Assert.Equal((uint)_moments[0].NrRegions, _splits.LastNrRegions);
    }

    [Fact]
    public void A_scheme_with_its_own_interval_makes_iterations_worth_showing()
    {
        ActorRef kdamond = Spawn(Settings with { Schemes = [Stat with { ApplyIntervalUs = 10_000 }] });
        Observe(kdamond);
        Advance(24);

        Assert.Equal(
            [(10_000L, false, true), (20_000, true, true)],
            _moments.Where(moment => moment.Kind == MomentKind.IterationEnded)
                .Select(moment => (moment.Us, moment.Aggregated, moment.Applied)));
    }

    [Fact]
    public void Requests_wait_for_the_kdamond_to_look_at_them_and_their_outcome_can_be_read()
    {
        ActorRef kdamond = Spawn(Settings);
        Advance(6);
        SetAttributesEvent set = new(6_000, 0, Settings.Attributes with { AggregationUs = 50_000 });
        SetAttributesEvent wrong = set with { Attributes = Settings.Attributes with { MinNrRegions = 1 } };
        CommitEvent commit = new(6_000, 0, Settings with { Schemes = [Stat, Stat] });
        FeedEvent nowhere = new(6_000, 0, Scheme: 5, Goal: 0, Value: 1);
        foreach (KdamondEvent request in (KdamondEvent[])[set, wrong, commit, nowhere])
            kdamond.Ask<RequestControl, Done>(new RequestControl(request));
        Assert.Empty(Outcomes(kdamond));
        Assert.Equal(20_000UL, Sample(kdamond).AggregationUs);

        Advance(5);
        Assert.Equal([set, wrong, commit, nowhere], Outcomes(kdamond).Select(outcome => outcome.Event));
        Assert.All(Outcomes(kdamond), outcome => Assert.Equal(10_000UL, outcome.AtUs));
        Assert.Equal([false, true, false, true], Outcomes(kdamond).Select(outcome => outcome.Error is not null));
        Assert.Equal(20_000UL, Sample(kdamond).AggregationUs);
        Assert.Equal(2, Sample(kdamond).Schemes.Length);
    }

    [Fact]
    public void Committed_schemes_come_and_go_as_children()
    {
        ActorRef kdamond = Spawn(Settings);
        List<ActorRef> schemes = Observe(kdamond);
        Commit(kdamond, Settings with { Schemes = [Stat, Stat] });
        Advance(24);
        ActorRef[] two = [.. schemes];
        Assert.Equal(["/kdamond/scheme-0", "/kdamond/scheme-1"], two.Select(scheme => scheme.Path));

        Commit(kdamond, Settings with { Schemes = [] });
        Advance(5);
        Assert.All(two, scheme => Assert.True(scheme.IsStopped));
        Assert.Empty(Sample(kdamond).Schemes);

        Commit(kdamond, Settings);
        Advance(5);
        Assert.Single(Sample(kdamond).Schemes);
    }

    [Fact]
    public void A_feed_reaches_the_goal_of_its_scheme()
    {
        QuotaSettings quota = new() { Goals = [new QuotaGoal(GoalMetric.UserInput, 100)], ResetIntervalMs = 20 };
        ActorRef kdamond = Spawn(Settings with { Schemes = [Stat, Stat with { Quota = quota }] });
        kdamond.Ask<RequestControl, Done>(new RequestControl(new FeedEvent(0, 0, Scheme: 1, Goal: 0, Value: 45)));
        Advance(24);

        Assert.Equal([null, 4_500UL], Sample(kdamond).Schemes.Select(scheme => scheme.Score));
    }

    [Fact]
    public void A_paused_kdamond_does_not_sample()
    {
        ActorRef kdamond = Spawn(Settings);
        kdamond.Ask<RequestControl, Done>(new RequestControl(new PauseEvent(0, 0, Paused: true)));
        Advance(6);
        _probed.TakeAsked();
        Advance(100);
        Assert.Empty(_probed.TakeAsked());

        kdamond.Ask<RequestControl, Done>(new RequestControl(new PauseEvent(0, 0, Paused: false)));
        Advance(5);
        Assert.Equal(["/node-0 MarkOld", "/node-1 MarkOld"], _probed.TakeAsked());
    }

    [Fact]
    public void It_ends_at_its_first_look_after_the_hosts_stop()
    {
        ActorRef kdamond = Spawn(Settings, stopAtUs: 12_000);
        Observe(kdamond);
        Advance(100);

        Assert.Equal([(15_000L, MomentKind.Stopped)], _moments.Select(moment => (moment.Us, moment.Kind)));
        Assert.Equal(15_000, _probed.Asked[^1].Us);
    }

    [Fact]
    public void Its_own_work_can_take_time_and_delays_the_next_sample()
    {
        Spawn(Settings, costs: new CostSettings { WakeUpNs = 300_000 });
        Advance(11);

        Assert.Equal([0L, 5_000, 5_300, 10_300, 10_600], _probed.Asked.Select(one => one.Us).Distinct());
    }

    [Fact]
    public void A_synthetic_space_asks_nobody()
    {
        ActorRef kdamond = Spawn(Settings with { Operations = OperationsKind.Synthetic });
        Advance(24);

        Assert.Empty(_probed.TakeAsked());
        Assert.Equal(1UL, Sample(kdamond).NrAggregations);
    }

    [Fact]
    public void Equal_kdamonds_have_equal_hashes_and_a_seed_tells_them_apart()
    {
        ulong[] hashes = [.. ((ulong[])[1, 1, 2]).Select(seed =>
        {
            ActorRef kdamond = Spawn(Settings with { Operations = OperationsKind.Synthetic, Seed = seed });
            return kdamond.Ask<HashKdamond, ulong>(default);
        })];

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    private ActorRef Spawn(KdamondSettings settings, ulong stopAtUs = ulong.MaxValue, CostSettings? costs = null)
    {
        HostSettings host = _probed.Settings with { Kdamonds = [settings], StopAtUs = stopAtUs, Costs = costs ?? CostSettings.Free };
        string name = _spawned++ == 0 ? "kdamond" : $"kdamond-{_spawned}";
        return _probed.World.Spawn(Props.Create(() => new Kdamond(0, host, _probed.Map)), name);
    }

    private void Advance(long ms) => _probed.World.Advance(VirtualDuration.FromMilliseconds(ms));

    /// <summary>Notes the kdamond's moments; gives the list of its schemes, which follows it.</summary>
    private List<ActorRef> Observe(ActorRef kdamond)
    {
        List<ActorRef> schemes = [];
        TestProbe observer = _probed.World.CreateProbe("observer");
        observer.Respond<KdamondMoment, Done>(moment =>
        {
            _moments.Add((_probed.World.Now.Microseconds, moment.Kind, moment.Aggregated, moment.Applied, moment.Context.NrRegions));
            schemes.Clear();
            schemes.AddRange(moment.Schemes);
            return default;
        });
        kdamond.Ask<Observe, Done>(new Observe(observer.Ref));
        return schemes;
    }

    private static void Commit(ActorRef kdamond, KdamondSettings settings) =>
        kdamond.Ask<RequestControl, Done>(new RequestControl(new CommitEvent(0, 0, settings)));

    private static IReadOnlyList<ControlOutcome> Outcomes(ActorRef kdamond) =>
        kdamond.Ask<ReadControlOutcomes, IReadOnlyList<ControlOutcome>>(default);

    private static KdamondSample Sample(ActorRef kdamond) => kdamond.Ask<ReadKdamond, KdamondSample>(default);
}
