using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Store;
using Damon.Store.Commands;
using Damon.Store.Memory;
using Damon.Store.Runs;

namespace Damon.Node.Tests;

/// <summary>What a worker reads of a run's commands.</summary>
public sealed class CommandLogTests
{
    [Fact]
    public async Task Many_commands_of_one_window_are_read_in_their_order_and_each_at_the_same_cost()
    {
        const int Commands = 50_000;
        const long MostBytesEach = 20_000;
        await using MemoryStore store = new();
        RunContext context = await SubmitAsync(store);
        // As while a run is paused: all of them take effect with the same window.
        Window window = await SendAsync(store, context, Commands);

        long before = GC.GetTotalAllocatedBytes();
        await context.Commands.CatchUpAsync(default);
        long taken = GC.GetTotalAllocatedBytes() - before;

        IReadOnlyList<LoggedCommand> read = context.Commands.At(window);
        Assert.Equal(Enumerable.Range(1, Commands).Select(i => (long)i), read.Select(command => command.Sequence));
        Assert.InRange(taken, 0, Commands * MostBytesEach);
    }

    [Fact]
    public async Task A_window_that_has_begun_takes_no_more_commands()
    {
        await using MemoryStore store = new();
        RunContext context = await SubmitAsync(store);
        Window window = await SendAsync(store, context, 1);
        context.Commands.At(window);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => context.Commands.CatchUpAsync(default));
        Assert.Equal($"run {context.Run.Id}: command 1 takes effect with window {window}, and window {window} has begun without it", error.Message);
    }

    private static async Task<RunContext> SubmitAsync(MemoryStore store)
    {
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read();
        return await RunContext.ReadAsync(store, await Submission.SubmitAsync(store, bundle, scenario), null, default);
    }

    /// <summary>Feeds a host; the window with which that takes effect is returned.</summary>
    private static async Task<Window> SendAsync(MemoryStore store, RunContext context, int commands)
    {
        IReadOnlyList<CommandReceipt> receipts = await store.SendTogetherAsync(context.Run.Id, [.. Enumerable.Range(0, commands).Select(i => new CommandRequest
        {
            Hosts = ["web-1"],
            Kind = "feed",
            Payload = System.Text.Encoding.UTF8.GetBytes($"feed 0.0.0 {i}"),
            Key = Guid.CreateVersion7(),
        })]);
        return Assert.Single(receipts.Select(receipt => receipt.Effective).Distinct());
    }
}
