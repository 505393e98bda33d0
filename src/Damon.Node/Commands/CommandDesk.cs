using System.Collections.Concurrent;
using System.Text;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Commands;
using Damon.Store.Runs;

namespace Damon.Node.Commands;

/// <summary>
/// Takes commands from outside for runs of a store: refuses what a host could never do, and acknowledges the rest when it
/// is durable, with the virtual time at which it applies.
/// </summary>
/// <param name="store">The store.</param>
public sealed class CommandDesk(IRunStore store)
{
    private readonly ConcurrentDictionary<RunId, Lazy<Task<RunContext>>> _contexts = [];
    private readonly CommandInbox _inbox = new(store);

    /// <summary>Sends a command.</summary>
    /// <param name="run">The run.</param>
    /// <param name="order">The command.</param>
    /// <returns>Where it is in the run's log and when it applies, or why it is not accepted.</returns>
    /// <exception cref="CommandException">A host is unknown or could never do it.</exception>
    /// <exception cref="RunUnfitException">The run is not there, or of another version of the code.</exception>
    /// <exception cref="StoreException">The store failed; sending the same order again is safe if it has a key.</exception>
    public async Task<OrderReceipt> SendAsync(RunId run, Order order)
    {
        RunContext context = await ContextAsync(run).ConfigureAwait(false);
        await CheckAsync(context, order).ConfigureAwait(false);
        long windowNs = context.Run.WindowNanoseconds;
        CommandRequest request = new()
        {
            Hosts = order.Hosts,
            Kind = order.Command.Split(' ', 2)[0],
            Payload = Encoding.UTF8.GetBytes(order.Command),
            Earliest = order.AtNs is { } at ? new Window(((at + windowNs - 1) / windowNs) + 1) : null,
            Key = order.Key ?? Guid.CreateVersion7(),
        };
        CommandReceipt receipt = await _inbox.SendAsync(run, request).ConfigureAwait(false);
        return new OrderReceipt(receipt.Sequence, (receipt.Effective.Number - 1) * windowNs, receipt.Refusal);
    }

    private async Task<RunContext> ContextAsync(RunId run)
    {
        Lazy<Task<RunContext>> context = _contexts.GetOrAdd(
            run, static (id, store) => new Lazy<Task<RunContext>>(() => RunContext.ReadAsync(store, id, null, CancellationToken.None)), store);
        try
        {
            return await context.Value.ConfigureAwait(false);
        }
        catch
        {
            // The next one asks the store again.
            _contexts.TryRemove(run, out _);
            throw;
        }
    }

    private static async Task CheckAsync(RunContext context, Order order)
    {
        try
        {
            context.Commands.Check(order.Hosts, order.Command);
        }
        catch (CommandException)
        {
            // Perhaps it is about what an earlier command made, and that came by another way.
            await context.Commands.CatchUpAsync(CancellationToken.None).ConfigureAwait(false);
            context.Commands.Check(order.Hosts, order.Command);
        }
    }
}

/// <summary>A command from outside.</summary>
/// <param name="Command">What is wanted, as <see cref="CommandReader"/> reads it.</param>
public sealed record Order(string Command)
{
    /// <summary>The hosts' names; empty: all hosts.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The earliest virtual time at which it applies, ns; null: as soon as can be.</summary>
    public long? AtNs { get; init; }

    /// <summary>Sending the same key again gives the first receipt; null: a key of its own.</summary>
    public Guid? Key { get; init; }
}

/// <summary>The answer to an order.</summary>
/// <param name="Sequence">Its place in the run's log, from 1; 0 when it was refused.</param>
/// <param name="AppliesAtNs">The virtual time at which it applies, ns: the begin of a window.</param>
/// <param name="Refusal">Why it is not in the log.</param>
public sealed record OrderReceipt(long Sequence, long AppliesAtNs, CommandRefusal Refusal)
{
    /// <summary>Why it was refused, in one sentence; null: it was not.</summary>
    public string? Problem => Refusal switch
    {
        CommandRefusal.None => null,
        CommandRefusal.NoSuchRun => "there is no such run",
        CommandRefusal.RunIsOver => "the run is over",
        CommandRefusal.TooLate => "the run would be over before the command could take effect",
        _ => throw new InvalidOperationException($"unknown refusal {Refusal}"),
    };
}
