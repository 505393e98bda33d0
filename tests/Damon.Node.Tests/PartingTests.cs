using System.Reflection;
using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Memory;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Tests;

/// <summary>What a user is told when a shard, loaded again, does not come to the bits that are in the log.</summary>
public sealed class PartingTests
{
    private const int Windows = 16;

    [Fact]
    public async Task A_reading_that_differs_is_named_with_its_host_its_time_and_both_values()
    {
        // A host is told another speed of the fleet, so its goal's quota becomes another.
        ShardException parted = await LoadForgedAsync(
            mail => mail.Message is MetricAggregated speed && mail.To == 1 ? mail with { Message = new MetricAggregated(speed.Value / 2) } : mail, member: 1);
        Assert.Matches(@"computed again from window 0 .*; the first difference: web-1 at \d+ s: scheme_\w+ of 0\.0 is \d+, not \d+; computed twice", parted.Message);
    }

    [Fact]
    public async Task A_packet_that_differs_is_named_with_its_sender()
    {
        // The goal is told other speeds, so it tells the hosts another one.
        ShardException parted = await LoadForgedAsync(
            mail => mail.Message is MetricMeasured speed && mail.From == 2 ? mail with { Message = new MetricMeasured(speed.Value / 2) } : mail, member: 5);
        Assert.Matches(
            @"the first difference: /fleet/goals/speed sends MetricAggregated \{ Value = \d+ \} to web-\d, and sent MetricAggregated \{ Value = \d+ \} to web-\d; ", parted.Message);
    }

    [Fact]
    public async Task Who_computes_the_same_again_is_told_nothing()
    {
        await Assert.ThrowsAsync<Xunit.Sdk.ThrowsException>(() => LoadForgedAsync(mail => mail, member: 1));
    }

    /// <summary>Computes a run for some windows, and then loads the shard of a member anew from a log in which mail was exchanged.</summary>
    private static async Task<ShardException> LoadForgedAsync(Func<FleetMail, FleetMail> forge, int member)
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read(SmallFleet.Coupled);
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        await using Damon.Node.Membership.Membership life = new(store, new WorkerSettings { Name = "w", Threads = 1 });
        await life.JoinAsync(default);
        RunContext context = await RunContext.ReadAsync(store, id, null, default);
        using Crew crew = new(1);
        RunWork work = new(store, context, crew);
        foreach (ShardLease lease in await store.ClaimAsync(life.Incarnation, int.MaxValue))
            work.Add(await new ShardLoader(store).LoadAsync(context, lease, default));
        while (work.Shards.Min(shard => shard.Done) < new Window(Windows)) await work.RoundAsync(life, default);
        // The results come with the states; that these are there is not told to who loads below.
        await work.CheckpointAsync(life, work.Shards);

        int index = Enumerable.Range(0, context.Map.Count).First(shard => context.Map.MembersOf(shard).Contains(member));
        ShardLease held = (await store.ClaimAsync(life.Incarnation, 0)).Single(lease => lease.Shard.Index == index);
        return await Assert.ThrowsAsync<ShardException>(() => new ShardLoader(ForgedMail.Over(store, forge)).LoadAsync(context, held, default));
    }

    /// <summary>A store that has no checkpoints and gives out other mail than it was given.</summary>
    public class ForgedMail : DispatchProxy
    {
        private IRunStore _store = null!;
        private Func<FleetMail, FleetMail> _forge = null!;

        public static IRunStore Over(IRunStore store, Func<FleetMail, FleetMail> forge)
        {
            IRunStore proxy = Create<IRunStore, ForgedMail>();
            ((ForgedMail)(object)proxy)._store = store;
            ((ForgedMail)(object)proxy)._forge = forge;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IRunStore.FindCheckpointAsync) => Task.FromResult<Checkpoint?>(null),
            // Only what the shard itself is sent: the log of what it sent stays as it is.
            nameof(IRunStore.ReadMailAsync) when ((IReadOnlyCollection<int>)args![3]!).Count == 1 => ForgeAsync((Task<IReadOnlyList<Mail>>)targetMethod.Invoke(_store, args)!),
            _ => targetMethod.Invoke(_store, args),
        };

        private async Task<IReadOnlyList<Mail>> ForgeAsync(Task<IReadOnlyList<Mail>> mail) =>
            [.. (await mail).Select(packet => packet with { Bytes = MailCodec.Encode([.. MailCodec.Decode(packet.Bytes.Span).Select(_forge)]) })];
    }
}
