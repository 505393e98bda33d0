namespace Damon.Store.Commands;

/// <summary>A command from outside to hosts of a run.</summary>
public sealed record CommandRequest
{
    /// <summary>The hosts' names; empty: all hosts.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>What it is (feed, tune ...).</summary>
    public required string Kind { get; init; }

    /// <summary>What it says; the store does not look into it.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The earliest window that it may take effect in; null: as early as can be.</summary>
    public Window? Earliest { get; init; }

    /// <summary>Sending the same key to the same run again (a retry after a lost answer) gives the first receipt.</summary>
    public required Guid Key { get; init; }
}

/// <summary>An accepted command in a run's log.</summary>
/// <param name="Sequence">Its place in the run's log, from 1; commands of one window apply in this order.</param>
/// <param name="Hosts">The hosts' names; empty: all hosts.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">What it says.</param>
/// <param name="Effective">The window at whose start it applies.</param>
/// <param name="Accepted">When it was accepted, by the database's clock.</param>
public sealed record Command(
    long Sequence, IReadOnlyList<string> Hosts, string Kind, ReadOnlyMemory<byte> Payload, Window Effective, DateTimeOffset Accepted);

/// <summary>Why a command was not accepted.</summary>
public enum CommandRefusal
{
    /// <summary>It was accepted.</summary>
    None,

    /// <summary>There is no such run.</summary>
    NoSuchRun,

    /// <summary>The run is finished, failed or stopped.</summary>
    RunIsOver,

    /// <summary>It could only take effect after the run's final window.</summary>
    TooLate,
}

/// <summary>The answer to a command.</summary>
/// <param name="Sequence">Its place in the run's log; 0 when refused.</param>
/// <param name="Effective">The window at whose start it applies; 0 when refused.</param>
/// <param name="Refusal">Why it is not in the log.</param>
public sealed record CommandReceipt(long Sequence, Window Effective, CommandRefusal Refusal = CommandRefusal.None)
{
    /// <summary>Whether it is durably in the log.</summary>
    public bool IsAccepted => Refusal == CommandRefusal.None;

    /// <summary>The answer to a command that is not accepted.</summary>
    public static CommandReceipt Refused(CommandRefusal why) => new(0, Window.None, why);
}

/// <summary>That a shard applied a command.</summary>
/// <param name="Shard">The shard's number.</param>
/// <param name="Window">The done window of the commit that says so.</param>
/// <param name="Sequence">The command's place in the run's log.</param>
public sealed record AppliedCommand(int Shard, Window Window, long Sequence);
