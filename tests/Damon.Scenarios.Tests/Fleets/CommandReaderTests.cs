using Damon.Scenarios.Fleets;

namespace Damon.Scenarios.Tests.Fleets;

/// <summary>Commands from outside: what a host can do is taken, all else is refused in one sentence.</summary>
public sealed class CommandReaderTests
{
    private const string Fed =
        "damo = \"damo start --numa_node 0 --damos_action stat --damos_quota_interval 1s --damos_quota_goal user_input 100 10\"\nhosts { web { count = 3 } }\n";

    private static readonly CommandReader s_reader = new(new Fleet(Small.Read(Fed)));

    [Theory]
    [InlineData("feed 0.0.0 17")]
    [InlineData("pause 0")]
    [InlineData("resume 0")]
    [InlineData("stop 0")]
    [InlineData("exit /a#0")]
    [InlineData("pressure 100ms 10s")]
    [InlineData("balloon 1 0B")]
    [InlineData("take-memory 1 4MiB")]
    [InlineData("add-memory 1 4MiB")]
    [InlineData("tune damo tune --numa_node 0 --damos_action stat")]
    public void What_a_host_can_do_is_taken(string payload)
    {
        MemberCommand command = s_reader.Read("web-1", payload);

        Assert.Equal((1, payload), (command.Member, command.Payload));
    }

    [Theory]
    [InlineData("web-3", "pause 0", "found the host 'web-3', which the fleet does not have; did you mean 'web-0'?")]
    [InlineData("web-0", "fed 0.0.0 1", "found the command 'fed', allowed: feed, tune, pause, resume, stop, exit, pressure, balloon, take-memory, add-memory, drain; did you mean 'feed'?")]
    [InlineData("web-0", "feed 0.0 1", "feed: found '0.0', allowed: a goal as KDAMOND.SCHEME.GOAL, such as 0.0.0")]
    [InlineData("web-0", "feed 0.0.1 1", "feed: found '0.0.1', allowed: a goal of user_input of the host, 0.0.0")]
    [InlineData("web-0", "feed 0.0.0 -1", "feed: found '-1', allowed: a value, 0..18446744073709551615")]
    [InlineData("web-0", "feed 0.0.0", "feed: found nothing more, allowed: a value, 0..18446744073709551615")]
    [InlineData("web-0", "feed 0.0.0 1 2", "feed: found '2', allowed: nothing more")]
    [InlineData("web-0", "pause 1", "pause: found '1', allowed: a kdamond of web-0, which has 1, from 0")]
    [InlineData("web-0", "exit /a", "exit: found '/a', allowed: /a#0, /b#0")]
    [InlineData("web-0", "balloon 2 1MiB", "balloon: found '2', allowed: a node of web-0, 0..1")]
    [InlineData("web-0", "balloon 0 1000B", "balloon: found '1000B', allowed: a size such as 1GiB that is a multiple of 4 KiB")]
    [InlineData("web-0", "pressure 2s 10s", "pressure: found '2s', allowed: a stall in each second, 1us..1s")]
    [InlineData("web-0", "drain 10s", "drain: found 'drain', allowed: a host with tenant-slots")]
    [InlineData("web-0", "tune damo tune --numa_node 7", "tune: kdamond 0 has a target without any memory")]
    public void All_else_is_refused_in_one_sentence(string host, string payload, string said)
    {
        string message = Assert.Throws<CommandException>(() => s_reader.Read(host, payload)).Message;

        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_goal_that_a_tune_brought_can_be_fed()
    {
        CommandReader reader = new(new Fleet(Small.Read(Fed)));
        const string Scheme = "--damos_action stat --damos_quota_interval 1s --damos_quota_goal user_input 100 10 ";
        const string Tune = $"tune damo tune --numa_node 0 {Scheme}{Scheme}--damos_nr_quota_goals 1 1";

        Assert.Throws<CommandException>(() => reader.Read("web-0", "feed 0.1.0 5"));
        reader.Read("web-0", Tune);
        Assert.Equal("feed 0.1.0 5", reader.Read("web-0", "feed 0.1.0 5").Payload);
        Assert.Throws<CommandException>(() => reader.Read("web-1", "feed 0.1.0 5"));
    }
}
