using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Actors.Tests.Hosts;
using Damon.Model;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Tests.Schemes;

/// <summary>What a goal tuner asks whom (section 9). Aiming at 10,000 makes the score the metric's own value.</summary>
public sealed class GoalTunerActorTests
{
    private const ulong Page = ProbedHost.Page;

    private readonly ProbedHost _probed = new();

    public GoalTunerActorTests()
    {
        _probed.Reply(_probed.Nodes[0], (ReadNodeUsage _) => ProbedHost.Usage(free: 4, active: 1, inactive: 5));
        _probed.Reply(_probed.Nodes[1], (ReadNodeUsage _) => ProbedHost.Usage(free: 12, active: 2, inactive: 2));
        _probed.Reply(_probed.Memcg, (ReadUsageOnNode _) => new MemcgUsage(Lru: 6, Resident: 9));
        _probed.Reply(_probed.Host, (ReadPsi _) => 700UL);
    }

    [Theory]
    [InlineData(GoalMetric.NodeMemUsedBp, 0, 7_500, "/node-0 ReadNodeUsage")]
    [InlineData(GoalMetric.NodeMemFreeBp, 1, 7_500, "/node-1 ReadNodeUsage")]
    [InlineData(GoalMetric.NodeMemcgUsedBp, 1, 3_750, "/node-1 ReadNodeUsage", "/memcg-7 ReadUsageOnNode")]
    [InlineData(GoalMetric.NodeMemcgFreeBp, 0, 6_250, "/node-0 ReadNodeUsage", "/memcg-7 ReadUsageOnNode")]
    [InlineData(GoalMetric.ActiveMemBp, 0, 3_000, "/node-0 ReadNodeUsage", "/node-1 ReadNodeUsage")]
    [InlineData(GoalMetric.InactiveMemBp, 0, 7_000, "/node-0 ReadNodeUsage", "/node-1 ReadNodeUsage")]
    [InlineData(GoalMetric.SomeMemPsiUs, 0, 10_000, "/host ReadPsi")]
    [InlineData(GoalMetric.UserInput, 0, 0)]
    public void Each_metric_asks_who_knows_it(GoalMetric metric, int node, int expected, params string[] asked)
    {
        Assert.Equal((ulong)expected, Score(new QuotaGoal(metric, 10_000, new NodeId(node), ProbedHost.MemcgId)));
        Assert.Equal(asked, _probed.TakeAsked());
    }

    [Theory]
    [InlineData(GoalMetric.NodeMemUsedBp, 2, 7, 0)]
    [InlineData(GoalMetric.NodeMemFreeBp, -1, 7, 10_000)]
    [InlineData(GoalMetric.NodeMemcgUsedBp, 2, 7, 0)]
    [InlineData(GoalMetric.NodeMemcgFreeBp, 2, 7, 10_000)]
    [InlineData(GoalMetric.NodeMemcgUsedBp, 0, 8, 0)]
    [InlineData(GoalMetric.NodeMemcgFreeBp, 0, 8, 10_000)]
    public void A_node_or_cgroup_that_does_not_exist_uses_nothing_and_nobody_is_asked(
        GoalMetric metric, int node, ulong memcg, int expected)
    {
        Assert.Equal((ulong)expected, Score(new QuotaGoal(metric, 10_000, new NodeId(node), new MemcgId(memcg))));
        Assert.Empty(_probed.TakeAsked());
    }

    [Theory]
    [InlineData(GoalMetric.NodeEligibleMemBp, 2_500)]
    [InlineData(GoalMetric.NodeIneligibleMemBp, 7_500)]
    public void Eligible_memory_is_summed_over_the_regions_that_fit_on_each_node(GoalMetric metric, int expected)
    {
        List<(ulong, ulong)[]> ranges = [];
        _probed.Reply(_probed.Nodes[0], (SumLruBytes request) => Sum(request, 3 * Page));
        _probed.Reply(_probed.Nodes[1], (SumLruBytes request) => Sum(request, Page));

        Assert.Equal((ulong)expected, Score(new QuotaGoal(metric, 10_000, new NodeId(1))));
        Assert.Equal(["/node-0 SumLruBytes", "/node-1 SumLruBytes"], _probed.TakeAsked());
        Assert.Equal([(8 * Page, 16 * Page)], ranges[0]);
        Assert.Equal([(32 * Page, 36 * Page), (40 * Page, 44 * Page)], ranges[1]);

        ulong Sum(in SumLruBytes request, ulong bytes)
        {
            ranges.Add(request.Ranges.ToArray());
            return bytes;
        }
    }

    [Theory]
    [InlineData(GoalMetric.NodeEligibleMemBp)]
    [InlineData(GoalMetric.NodeIneligibleMemBp)]
    public void Without_eligible_memory_both_shares_are_nothing(GoalMetric metric)
    {
        _probed.ReplyOfNodes((SumLruBytes _) => 0UL);

        Assert.Equal(0UL, Score(new QuotaGoal(metric, 10_000, new NodeId(1))));
    }

    [Fact]
    public void Fed_values_and_new_goals_are_taken()
    {
        ActorRef tuner = Spawn(new QuotaGoal(GoalMetric.UserInput, 10_000, CurrentValue: 1_000));
        Assert.Equal(1_000UL, Tune(tuner).Score);
        Assert.NotNull(tuner.Ask<FeedGoal, GoalFed>(new FeedGoal(5, 1)).Error);
        Assert.Null(tuner.Ask<FeedGoal, GoalFed>(new FeedGoal(0, 2_000)).Error);
        Assert.Equal(2_000UL, Tune(tuner).Score);

        QuotaSettings quota = new()
        {
            Goals = [new QuotaGoal(GoalMetric.UserInput, 10_000, CurrentValue: 3_000), new QuotaGoal(GoalMetric.NodeMemUsedBp, 10_000)],
        };
        tuner.Ask<CommitGoals, Done>(new CommitGoals(quota));
        Assert.Equal(7_500UL, Tune(tuner).Score);
    }

    [Fact]
    public void The_throttle_opens_step_by_step_while_the_goal_is_far_and_a_met_one_leaves_it()
    {
        ActorRef tuner = Spawn(new QuotaGoal(GoalMetric.UserInput, 10_000));
        Assert.Equal([20_000UL, 40_000, 80_000], Enumerable.Range(0, 3).Select(_ => Tune(tuner).EffectiveSizeBp).ToArray());

        tuner.Ask<FeedGoal, GoalFed>(new FeedGoal(0, 10_000));
        Assert.Equal(new Throttle(80_000, 10_000), Tune(tuner));
    }

    private ulong Score(QuotaGoal goal) => Tune(Spawn(goal)).Score;

    private ActorRef Spawn(QuotaGoal goal) =>
        _probed.World.Spawn(Props.Create(() => new GoalTunerActor([goal], _probed.Map)), "goal-tuner");

    /// <summary>Regions over both nodes and the hole between; those of age 1 do not fit.</summary>
    private static Throttle Tune(ActorRef tuner)
    {
        Target target = new();
        target.Regions.Add(new Region(0, 8 * Page) { Age = 1 });
        target.Regions.Add(new Region(8 * Page, 36 * Page) { Age = 5 });
        target.Regions.Add(new Region(36 * Page, 40 * Page) { Age = 1 });
        target.Regions.Add(new Region(40 * Page, 44 * Page) { Age = 9 });
        SchemePass pass = new(
            [target], new AggregationWindow(20, 100, 120), 100_000, Page, AddrUnit: 1, IsVirtual: false, Jiffies: 1);
        return tuner.Ask<TuneGoals, Throttle>(new TuneGoals(
            pass, AccessPattern.Any with { MinAge = 5 }, GoalTunerKind.Consist, SizeQuota: 0, EffectiveSize: 0));
    }
}
