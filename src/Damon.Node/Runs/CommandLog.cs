using System.Collections.Immutable;
using System.Text;
using Damon.Node.Shards;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Commands;
using Damon.Store.Runs;

namespace Damon.Node.Runs;

/// <summary>
/// A run's commands from outside, read from the store as they come. Whoever knows that a window is open and then catches up has
/// all commands of that window.
/// </summary>
/// <param name="store">Where the log is.</param>
/// <param name="run">The run.</param>
/// <param name="fleet">Its hosts.</param>
internal sealed class CommandLog(IRunStore store, RunId run, Fleet fleet)
{
    private readonly CommandReader _reader = new(fleet);
    private readonly Dictionary<Window, List<LoggedCommand>> _byWindow = [];
    private Task _reading = Task.CompletedTask;
    private Window _begun;
    private long _last;

    /// <summary>The place of the last command that was read.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>The commands that take effect with a window, in the order of the log. From now on the window has begun: it takes no more of them.</summary>
    public IReadOnlyList<LoggedCommand> At(Window window)
    {
        lock (_byWindow)
        {
            if (window > _begun) _begun = window;
            return _byWindow.TryGetValue(window, out List<LoggedCommand>? commands) ? commands : [];
        }
    }

    /// <summary>Reads what was accepted since the last time.</summary>
    public Task CatchUpAsync(CancellationToken ct)
    {
        lock (_byWindow) return _reading = CatchUpAfterAsync(_reading, ct);
    }

    private async Task CatchUpAfterAsync(Task before, CancellationToken ct)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await foreach (Command command in store.ReadCommandsAsync(run, _last, default, ct).ConfigureAwait(false))
        {
            Add(Read(command));
            Interlocked.Exchange(ref _last, command.Sequence);
        }
    }

    /// <summary>Holds a command that is not in the log yet against the hosts that it is for.</summary>
    /// <exception cref="CommandException">A host is unknown or could never do it.</exception>
    public void Check(IReadOnlyList<string> hosts, string command)
    {
        foreach (string host in hosts) _reader.Read(host, command);
        if (hosts.Count > 0) return;
        for (int member = 0; member < fleet.HostCount; member++) _reader.Read(member, command);
    }

    private void Add(LoggedCommand command)
    {
        lock (_byWindow)
        {
            if (command.Effective <= _begun)
                throw new InvalidOperationException($"run {run}: command {command.Sequence} takes effect with window {command.Effective}, and window {_begun} has begun without it");
            if (!_byWindow.TryGetValue(command.Effective, out List<LoggedCommand>? commands)) _byWindow.Add(command.Effective, commands = []);
            commands.Add(command);
        }
    }

    private LoggedCommand Read(Command command)
    {
        string text = Encoding.UTF8.GetString(command.Payload.Span);
        var commands = ImmutableSortedDictionary.CreateBuilder<int, MemberCommand>();
        foreach (int member in command.Hosts.Count == 0 ? Enumerable.Range(0, fleet.HostCount) : command.Hosts.Select(fleet.IndexOf))
        {
            if (member < 0) continue;
            try
            {
                commands[member] = _reader.Read(member, text) with { Window = Windows.OfFleet(command.Effective) };
            }
            catch (CommandException)
            {
                // It was checked when it was accepted; what does not fit a host for all that does nothing there, on any node.
            }
        }

        return new LoggedCommand(command.Sequence, command.Effective, commands.ToImmutable());
    }
}
