using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Serve.Api;

/// <summary>A run to submit.</summary>
/// <param name="Scenario">The scenario, HOCON.</param>
/// <param name="Name">Its name.</param>
/// <param name="Files">The files that it includes or refers to, by the names by which it does; nothing else is opened.</param>
/// <param name="Seed">The seed instead of the scenario's.</param>
/// <param name="DurationS">The duration instead of the scenario's, seconds.</param>
internal sealed record NewRun(
    string Scenario, string Name = "submitted", IReadOnlyDictionary<string, string>? Files = null, ulong? Seed = null, double? DurationS = null);

/// <summary>A run.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its scenario's name.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="State">running, paused, finished, failed or stopped.</param>
/// <param name="DoneS">Virtual time that all hosts have reached, seconds.</param>
/// <param name="DurationS">Virtual time of the whole run, seconds.</param>
/// <param name="Commands">How many commands it was given.</param>
/// <param name="Submitted">When it was submitted.</param>
/// <param name="Digest">Its digest, when it is finished.</param>
/// <param name="Failure">Why it failed, when it has.</param>
internal sealed record RunView(
    long Id, string Name, ulong Seed, string State, double DoneS, double DurationS, long Commands, DateTimeOffset Submitted, string? Digest, string? Failure)
{
    public static RunView Of(Run run) => new(
        run.Id.Value,
        run.Name,
        run.Seed,
        StateView.Word(run.State),
        run.DoneWindow.Number * (run.WindowNanoseconds / 1e9),
        run.FinalWindow.Number * (run.WindowNanoseconds / 1e9),
        run.LastCommand,
        run.Submitted,
        run.Digest?.ToString(),
        run.State == RunState.Failed ? run.Result : null);
}

/// <summary>A state of a run.</summary>
/// <param name="State">running, paused, finished, failed or stopped.</param>
internal sealed record StateView(string State)
{
    public static string Word(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Paused => "paused",
        RunState.Finished => "finished",
        RunState.Failed => "failed",
        RunState.Stopped => "stopped",
        _ => throw new InvalidOperationException($"unknown state {state}"),
    };
}

/// <summary>A command for hosts of a run.</summary>
/// <param name="Command">The command, as <c>damon tune</c> and its like send it.</param>
/// <param name="Hosts">The hosts; none: all.</param>
/// <param name="AtS">The earliest virtual time at which it applies, seconds.</param>
/// <param name="Key">A UUID: sending it again does not double the command.</param>
internal sealed record NewCommand(string Command, IReadOnlyList<string>? Hosts = null, double? AtS = null, Guid? Key = null);

/// <summary>A value for a goal of user_input.</summary>
/// <param name="Host">The host.</param>
/// <param name="Value">The value.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Scheme">Index of the scheme.</param>
/// <param name="Goal">Index of the goal.</param>
/// <param name="Key">A UUID: sending it again does not double the command.</param>
internal sealed record NewFeed(string Host, ulong Value, int Kdamond = 0, int Scheme = 0, int Goal = 0, Guid? Key = null);

/// <summary>An accepted command.</summary>
/// <param name="Sequence">Its place in the run's log.</param>
/// <param name="AppliesAtS">The virtual time at which it applies, seconds.</param>
internal sealed record CommandView(long Sequence, double AppliesAtS);

/// <summary>A worker.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Live">Whether its lease runs.</param>
/// <param name="Shards">How many shards it holds.</param>
/// <param name="Capacity">How many it holds at most.</param>
/// <param name="Info">Machine and process.</param>
internal sealed record NodeView(string Name, string Incarnation, bool Live, int Shards, int Capacity, string Info)
{
    public static NodeView Of(Damon.Store.Nodes.Node node) => new(node.Name, node.Incarnation.ToString(), node.IsLive, node.Held, node.Capacity, node.Info);
}

/// <summary>A shard.</summary>
/// <param name="Run">The run.</param>
/// <param name="Shard">Its number.</param>
/// <param name="Owner">The worker that holds it; none: nobody does.</param>
/// <param name="Epoch">The fencing epoch.</param>
/// <param name="DoneWindow">The last window that is committed.</param>
/// <param name="ResultsWindow">The window up to which all results are stored.</param>
/// <param name="CheckpointWindow">The window of the newest checkpoint.</param>
internal sealed record ShardView(long Run, int Shard, string? Owner, long Epoch, long DoneWindow, long ResultsWindow, long CheckpointWindow)
{
    public static ShardView Of(ShardEntry shard) => new(
        shard.Shard.Run.Value, shard.Shard.Index, shard.Owner, shard.Epoch, shard.DoneWindow.Number, shard.ResultsWindow.Number, shard.CheckpointWindow?.Number ?? 0);
}

/// <summary>What can be asked of hosts.</summary>
/// <param name="Hosts">How many hosts they are.</param>
/// <param name="Metrics">The names of the metrics that some of them have.</param>
internal sealed record MetricNamesView(int Hosts, IReadOnlyList<string> Metrics);

/// <summary>A metric over time.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Hosts">How many hosts it is of.</param>
/// <param name="Points">Pairs of virtual time, seconds, and value.</param>
internal sealed record SeriesView(string Metric, int Hosts, IReadOnlyList<double[]> Points);
