using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.Kdamonds;

/// <summary>A kdamond whose schemes all wait for their watermarks (section 11).</summary>
public sealed class WatermarkWaitTests
{
    private static readonly SchemeSettings Watching =
        LoopBench.Stat with { ApplyIntervalUs = 5_000, Watermarks = new Watermarks(WatermarkMetric.FreeMemRate, 1, 3, 2, 1) };

    private readonly List<FakeAgent> _agents = [];
    private readonly LoopBench _bench;

    public WatermarkWaitTests()
    {
        var log = new List<string>();
        _bench = new LoopBench(LoopBench.Settings(Watching, Watching), (index, _) =>
        {
            _agents.Add(new FakeAgent(index, log));
            return _agents[^1];
        });
    }

    [Fact]
    public void It_samples_when_a_single_scheme_does_not_wait()
    {
        Wait(8_000, 0);

        Assert.Equal(5_000UL, _bench.Step());
        Assert.Contains("prepare", _bench.Log);
    }

    [Fact]
    public void It_only_runs_requests_when_all_wait()
    {
        Wait(8_000, 6_000);
        _bench.Step();
        _bench.TakeLog();

        Assert.Equal(6_000UL, _bench.Step());
        Assert.Equal(["requests"], _bench.TakeLog());
    }

    [Fact]
    public void The_shortest_wait_stays_until_the_waiting_ends()
    {
        Wait(8_000, 6_000);
        _bench.Step();
        Wait(8_000, 9_000);
        Assert.Equal(6_000UL, _bench.Step());

        Wait(0, 9_000);
        Assert.Equal(5_000UL, _bench.Step());
        Wait(8_000, 9_000);
        Assert.Equal(8_000UL, _bench.Step());
    }

    [Fact]
    public void Waiting_is_no_sampling()
    {
        Wait(8_000, 8_000);
        _bench.Steps(10);

        Assert.Equal(0UL, _bench.Context.Schedule.Sis);
    }

    [Fact]
    public void An_inactive_scheme_is_left_out_of_the_pass_beside_an_active_one()
    {
        Wait(8_000, 0);
        _bench.Steps(2);

        Assert.Empty(_agents[0].Offers);
        Assert.NotEmpty(_agents[1].Offers);
    }

    [Fact]
    public void A_commit_ends_the_waiting_at_the_next_look()
    {
        Wait(8_000, 8_000);
        _bench.Step();
        _bench.Requests.Enqueue(() => _bench.Loop.Commit(LoopBench.Settings(LoopBench.Stat)));

        Assert.Equal(5_000UL, _bench.Step());
    }

    [Fact]
    public void A_waiting_kdamond_can_be_stopped()
    {
        Wait(8_000, 8_000);
        _bench.Step();
        _bench.ShouldStop = true;

        Assert.Null(_bench.Step());
    }

    private void Wait(params ulong[] waits)
    {
        for (int i = 0; i < waits.Length; i++) _agents[i].Look = new WatermarkLook(waits[i], IsActivated: waits[i] == 0);
    }
}
