using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Actors.Tests.Hosts;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Tests.Schemes;

/// <summary>A scheme's protocol; the nodes are probes.</summary>
public sealed class SchemeActorTests
{
    private const ulong Page = ProbedHost.Page;

    /// <summary>What each walk over a node lets pass and changes.</summary>
    private const ulong Passed = 2 * Page;
    private const ulong Applied = 3 * Page;

    /// <summary>From node 0 over the hole into node 1.</summary>
    private static readonly Region Everything = new(8 * Page, 40 * Page);

    private readonly ProbedHost _probed = new();
    private readonly List<WalkRequest> _walks = [];

    public SchemeActorTests()
    {
        _probed.ReplyOfNodes((WalkFolios request) =>
        {
            _walks.Add(request.Request);
            ulong last = (request.Request.EndByte / Page) - 1;
            return new WalkResult(Passed, Applied, last, request.Request.EndByte);
        });
        _probed.ReplyOfNodes((ReclaimGathered _) => new PagesChanged(4));
        _probed.ReplyOfNodes((MigrateGathered _) => new PagesChanged(5));
    }

    [Fact]
    public void Pageout_walks_all_nodes_of_a_region_and_then_reclaims_on_each()
    {
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.PageOut });
        Assert.True(Offer(scheme, Everything).Acted);

        Assert.Equal(
            ["/node-0 WalkFolios", "/node-1 WalkFolios", "/node-0 ReclaimGathered", "/node-1 ReclaimGathered"],
            _probed.TakeAsked());
        Assert.Equal((8 * Page, 16 * Page), (_walks[0].StartByte, _walks[0].EndByte));
        Assert.Equal((32 * Page, 40 * Page), (_walks[1].StartByte, _walks[1].EndByte));
        Assert.All(_walks, walk => Assert.Equal(WalkAction.Pageout, walk.Action));
        Assert.All(_walks, walk => Assert.Equal([FolioFilter.RejectYoung], walk.Filters.Filters.ToArray()));
        SchemeStats stats = Read(scheme).Sample.Stats;
        Assert.Equal((1UL, Everything.Size, 8 * Page), (stats.NrTried, stats.SzTried, stats.SzApplied));
    }

    [Fact]
    public void Migration_moves_what_was_gathered_node_by_node()
    {
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.MigrateHot, TargetNode = new NodeId(1) });
        Offer(scheme, Everything);
        NodeId[] targets = [.. _probed.Asked.Select(one => one.Request).OfType<MigrateGathered>().Select(one => one.Target)];

        Assert.Equal(
            ["/node-0 WalkFolios", "/node-1 WalkFolios", "/node-0 MigrateGathered", "/node-1 MigrateGathered"],
            _probed.TakeAsked());
        Assert.All(targets, target => Assert.Equal(new NodeId(1), target));
        Assert.All(_walks, walk => Assert.Equal(WalkAction.Gather, walk.Action));
        Assert.Equal(10 * Page, Read(scheme).Sample.Stats.SzApplied);
    }

    [Fact]
    public void Only_nodes_of_the_region_are_asked()
    {
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.PageOut });
        Offer(scheme, new Region(34 * Page, 36 * Page));
        Offer(scheme, new Region(18 * Page, 30 * Page));

        Assert.Equal(["/node-1 WalkFolios", "/node-1 ReclaimGathered"], _probed.TakeAsked());
    }

    [Theory]
    [InlineData(SchemeAction.LruPrio, WalkAction.LruPrio)]
    [InlineData(SchemeAction.LruDeprio, WalkAction.LruDeprio)]
    public void Actions_on_the_lists_are_done_by_the_walk_itself(SchemeAction action, WalkAction walk)
    {
        ActorRef scheme = Begin(new SchemeSettings { Action = action });
        Offer(scheme, new Region(0, 4 * Page));

        Assert.Equal(["/node-0 WalkFolios"], _probed.TakeAsked());
        Assert.Equal(walk, _walks[0].Action);
        SchemeStats stats = Read(scheme).Sample.Stats;
        Assert.Equal((Applied, Passed), (stats.SzApplied, stats.SzOpsFilterPassed));
    }

    [Fact]
    public void Stat_looks_at_memory_only_when_there_are_operations_filters()
    {
        ActorRef plain = Begin(new SchemeSettings { Action = SchemeAction.Stat });
        Offer(plain, Everything);
        Assert.Empty(_probed.TakeAsked());
        Assert.Equal(Everything.Size, Read(plain).Sample.Stats.SzTried);

        SchemeFilter anon = new(SchemeFilterType.Anon, Matching: true, Allow: true);
        plain.Ask<CommitScheme, Done>(new CommitScheme(new SchemeSettings { Action = SchemeAction.Stat, Filters = [anon] }));
        Offer(plain, Everything);
        Assert.Equal(["/node-0 WalkFolios", "/node-1 WalkFolios"], _probed.TakeAsked());
        Assert.True(_walks[0].Filters.DefaultReject);
        Assert.Equal([new FolioFilter(FolioFilterType.Anon, Matching: true, Allow: true)], _walks[0].Filters.Filters.ToArray());
    }

    [Fact]
    public void What_a_core_filter_allows_passes_the_operations_filters()
    {
        ActorRef scheme = Begin(new SchemeSettings
        {
            Action = SchemeAction.LruPrio,
            Filters =
            [
                new SchemeFilter(SchemeFilterType.Addr, Matching: true, Allow: true, From: 0, To: 4 * Page),
                new SchemeFilter(SchemeFilterType.Anon, Matching: true, Allow: false),
            ],
        });
        var verdict = Offer(scheme, new Region(0, 8 * Page));
        Assert.Equal([new RegionCut(0, 4 * Page)], verdict.Cuts.ToArray());
        Offer(scheme, new Region(4 * Page, 8 * Page));

        Assert.Equal([0, 1], _walks.Select(walk => walk.Filters.Filters.Length));
    }

    [Fact]
    public void The_folio_looked_up_last_is_skipped_until_the_pass_ends()
    {
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.LruPrio });
        Offer(scheme, new Region(0, 4 * Page));
        Offer(scheme, new Region(4 * Page, 8 * Page));
        scheme.Ask<EndPass, Done>(default);
        Offer(scheme, new Region(8 * Page, 12 * Page));

        Assert.Equal([NodeMemory.NoPfn, 3UL, NodeMemory.NoPfn], _walks.Select(walk => walk.LastFolioPfn));
    }

    [Theory]
    [InlineData(1, 4_321, 4_321)]
    [InlineData(1_000, 4_321, 4_000)]
    [InlineData(1_000_000, 4_321, 0)]
    public void Applying_takes_the_time_that_it_costs(long coarseNs, long spentNs, ulong chargedNs)
    {
        // The region has 32 pages, and 8 were reclaimed: 4001 + 32 * 9 + 8 * 4.
        CostSettings costs = new()
        {
            Apply = ImmutableDictionary<SchemeAction, ApplyCost>.Empty.Add(
                SchemeAction.PageOut, new ApplyCost(RegionNs: 4_001, PageNs: 9, AppliedNs: 4)),
            CoarseClockNs = coarseNs,
        };
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.PageOut }, costs);
        Offer(scheme, Everything);

        Assert.Equal(spentNs, _probed.World.Now.Nanoseconds);
        Assert.Equal(chargedNs, Read(scheme).TotalChargedNs);
    }

    [Fact]
    public void Work_is_free_of_charge_when_the_settings_name_no_cost()
    {
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.PageOut });
        Offer(scheme, Everything);

        Assert.Equal(VirtualTime.Zero, _probed.World.Now);
    }

    [Fact]
    public void Watermarks_look_at_the_free_memory_of_all_nodes()
    {
        _probed.Reply(_probed.Nodes[0], (ReadNodeUsage _) => ProbedHost.Usage(free: 0));
        _probed.Reply(_probed.Nodes[1], (ReadNodeUsage _) => ProbedHost.Usage(free: 8));
        Watermarks marks = new(WatermarkMetric.FreeMemRate, IntervalUs: 77, High: 249, Mid: 200, Low: 100);
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.PageOut, Watermarks = marks });
        Assert.Equal(new WatermarkLook(77, false), scheme.Ask<LookAtWatermarks, WatermarkLook>(default));
        Assert.False(Read(scheme).Sample.Activated);

        scheme.Ask<CommitScheme, Done>(new CommitScheme(new SchemeSettings
        {
            Action = SchemeAction.PageOut,
            Watermarks = marks with { High = 250 },
        }));
        Assert.Equal(new WatermarkLook(0, true), scheme.Ask<LookAtWatermarks, WatermarkLook>(default));
    }

    [Fact]
    public void A_scheme_forgets_its_mark_in_a_target_that_is_gone()
    {
        QuotaSettings quota = new() { SizeBytes = 4 * Page, ResetIntervalMs = 1 };
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.Stat, Quota = quota });
        Assert.False(Offer(scheme, new Region(0, 8 * Page)).HasRoom);

        scheme.Ask<ForgetTarget, Done>(new ForgetTarget(1));
        NextPass(scheme);
        Assert.Equal([new RegionCut(0, 4 * Page)], Offer(scheme, new Region(0, 8 * Page)).Cuts.ToArray());
        Assert.Equal(1UL, Read(scheme).Sample.Stats.NrTried);

        scheme.Ask<ForgetTarget, Done>(new ForgetTarget(0));
        Offer(scheme, new Region(0, 8 * Page));
        Assert.Equal(2UL, Read(scheme).Sample.Stats.NrTried);
    }

    [Fact]
    public void Goals_throttle_through_the_schemes_own_tuner()
    {
        _probed.ReplyOfNodes((ReadNodeUsage _) => ProbedHost.Usage(free: 8));
        QuotaGoal half = new(GoalMetric.NodeMemUsedBp, TargetValue: 10_000, new NodeId(1));
        QuotaSettings quota = new() { Goals = [half], ResetIntervalMs = 10 };
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.Stat, Quota = quota });

        Assert.Equal(["/node-1 ReadNodeUsage"], _probed.TakeAsked());
        SchemeSample sample = Read(scheme).Sample;
        Assert.Equal((5_000UL, 1UL), (sample.Score, sample.EffectiveSizeBytes));
    }

    [Fact]
    public void Goals_may_come_with_a_commit_and_be_fed()
    {
        ActorRef scheme = Begin(new SchemeSettings { Action = SchemeAction.Stat });
        Assert.Null(Read(scheme).Sample.Score);

        QuotaSettings quota = new() { Goals = [new QuotaGoal(GoalMetric.UserInput, 100)], ResetIntervalMs = 10 };
        scheme.Ask<CommitScheme, Done>(new CommitScheme(new SchemeSettings { Action = SchemeAction.Stat, Quota = quota }));
        scheme.Ask<FeedGoal, GoalFed>(new FeedGoal(Goal: 0, Value: 30));
        NextPass(scheme);
        Assert.Equal(3_000UL, Read(scheme).Sample.Score);
    }

    private ActorRef Begin(SchemeSettings settings, CostSettings? costs = null)
    {
        ActorRef scheme = _probed.World.Spawn(
            Props.Create(() => new SchemeActor(
                settings, new PhysicalAction(settings, _probed.Map, addrUnit: 1), _probed.Map, costs ?? CostSettings.Free)),
            "scheme");
        scheme.Ask<BeginPass, PassBegun>(new BeginPass(Pass(jiffies: 1)));
        return scheme;
    }

    private static void NextPass(ActorRef scheme)
    {
        scheme.Ask<EndPass, Done>(default);
        scheme.Ask<BeginPass, PassBegun>(new BeginPass(Pass(jiffies: 100)));
    }

    private static SchemePass Pass(ulong jiffies)
    {
        Target target = new();
        target.Regions.Add(new Region(0, 48 * Page));
        return new SchemePass([target], new AggregationWindow(20, 100, 120), 100_000, Page, AddrUnit: 1, IsVirtual: false, jiffies);
    }

    private static RegionVerdict Offer(ActorRef scheme, Region region) =>
        scheme.Ask<OfferRegion, RegionVerdict>(new OfferRegion(new RegionOffer(0, region, IsLast: false)));

    private static SchemeReading Read(ActorRef scheme) => scheme.Ask<ReadScheme, SchemeReading>(default);
}
