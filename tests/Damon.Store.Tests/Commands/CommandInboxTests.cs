using Damon.Store.Commands;
using Damon.Store.Runs;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Commands;

public sealed class CommandInboxTests
{
    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Every_acknowledged_command_is_in_the_log_once(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        RunId[] runs = [await test.Store.SubmitAsync(Samples.Submission()), await test.Store.SubmitAsync(Samples.Submission())];
        CommandInbox inbox = new(test.Store, largestBatch: 50);
        List<(RunId Run, string Text, CommandReceipt Receipt)> sent = [];
        await Task.WhenAll(Enumerable.Range(0, 20).Select(sender => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                CommandRequest command = Samples.Feed($"{sender}.{i}");
                RunId run = runs[i % 2];
                Task<CommandReceipt> first = inbox.SendAsync(run, command);
                // Every fifth sender is in doubt and sends twice.
                CommandReceipt receipt = sender % 5 == 0 ? await inbox.SendAsync(run, command) : await first;
                Assert.Equal(receipt, await first);
                lock (sent) sent.Add((run, $"{sender}.{i}", receipt));
            }
        })));

        foreach (RunId run in runs)
        {
            List<(long, string, Window)> log = [];
            await foreach (Command command in test.Store.ReadCommandsAsync(run))
                log.Add((command.Sequence, System.Text.Encoding.UTF8.GetString(command.Payload.Span), command.Effective));
            Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), log.Select(command => command.Item1));
            Assert.Equal(
                log, sent.Where(one => one.Run == run).OrderBy(one => one.Receipt.Sequence).Select(one => (one.Receipt.Sequence, one.Text, one.Receipt.Effective)));
            Assert.Equal(200, (await test.Store.ProgressAsync(run))!.LastCommand);
        }
    }

    [Fact]
    public async Task What_waits_goes_together()
    {
        await using TestStore test = await TestStore.CreateAsync("sqlite");
        RunId run = await test.Store.SubmitAsync(Samples.Submission());
        CommandInbox inbox = new(test.Store);
        CommandReceipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => inbox.SendAsync(run, Samples.Feed($"{i}"))));
        List<DateTimeOffset> accepted = [];
        await foreach (Command command in test.Store.ReadCommandsAsync(run)) accepted.Add(command.Accepted);
        Assert.Equal(300, receipts.Select(receipt => receipt.Sequence).Distinct().Count());
        // SQLite's clock stands still within a statement, not within a transaction; still, few transactions give few times.
        Assert.True(accepted.Distinct().Count() < 100);
    }

    [Fact]
    public async Task A_failing_store_fails_those_who_wait_and_no_others()
    {
        TestStore test = await TestStore.CreateAsync("postgres");
        RunId run = await test.Store.SubmitAsync(Samples.Submission());
        await using IRunStore impatient = await test.OpenAnotherAsync(new StoreOptions { Patience = TimeSpan.Zero });
        CommandInbox inbox = new(impatient);
        Assert.True((await inbox.SendAsync(run, Samples.Feed())).IsAccepted);
        await test.DisposeAsync();
        await Assert.ThrowsAsync<StoreException>(() => inbox.SendAsync(run, Samples.Feed()));
        await Assert.ThrowsAsync<StoreException>(() => inbox.SendAsync(run, Samples.Feed()));
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_command_is_readable_before_its_window_opens(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        RunId run = await test.Store.SubmitAsync(Samples.Submission(coupled: false, final: 10_000));
        using CancellationTokenSource over = new();
        Task moving = Task.Run(async () =>
        {
            for (long window = 2; !over.IsCancellationRequested; window++) await test.Store.ReachAsync(run, new Window(window));
        });
        Task reading = Task.Run(async () =>
        {
            long last = 0;
            Window computed = Window.None;
            while (!over.IsCancellationRequested)
            {
                // As a worker does: first the window, then the commands, then it computes.
                Window open = (await test.Store.ProgressAsync(run))!.OpenWindow;
                await foreach (Command command in test.Store.ReadCommandsAsync(run, last))
                {
                    Assert.Equal(++last, command.Sequence);
                    Assert.True(command.Effective > computed, $"command {last} is for window {command.Effective}, computed is {computed}");
                }

                computed = open;
            }
        });
        Task<CommandReceipt>[] senders =
            [.. Enumerable.Range(0, 4).Select(sender => Task.Run(async () => await SendSomeAsync(test.Store, run)))];
        await Task.WhenAll(senders);
        await over.CancelAsync();
        await Task.WhenAll(moving, reading);
    }

    private static async Task<CommandReceipt> SendSomeAsync(IRunStore store, RunId run)
    {
        CommandReceipt receipt = null!;
        for (int i = 0; i < 20; i++) receipt = await store.SendAsync(run, Samples.Feed($"{i}"));
        return receipt;
    }
}
