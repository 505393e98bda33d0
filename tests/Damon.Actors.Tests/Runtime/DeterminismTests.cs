using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class DeterminismTests
{
    [Fact]
    public void Two_runs_are_equal_also_when_the_collector_runs_in_the_handlers()
    {
        EventLog calm = DeterminismAudit.Record(Gossip(1, stress: false), At(2_000));
        EventLog stressed = DeterminismAudit.Record(Gossip(1, stress: true), At(2_000));
        Assert.True(calm.Events.Count > 200);
        Assert.Null(DeterminismAudit.FirstDifference(calm, stressed));
        Assert.Equal(calm.Hash, stressed.Hash);
    }

    [Fact]
    public void Another_seed_gives_another_run_and_the_audit_names_the_first_event_that_differs()
    {
        EventLog one = DeterminismAudit.Record(Gossip(1, stress: false), At(2_000));
        EventLog two = DeterminismAudit.Record(Gossip(2, stress: false), At(2_000));
        Assert.NotEqual(one.Hash, two.Hash);
        int first = Enumerable.Range(0, one.Events.Count).First(i => one.Events[i] != two.Events[i]);
        string difference = DeterminismAudit.FirstDifference(one, two)!;
        Assert.StartsWith($"event {first} differs: ", difference, StringComparison.Ordinal);
        Assert.Contains(one.Events[first], difference, StringComparison.Ordinal);
    }

    [Fact]
    public void The_audit_catches_an_actor_that_remembers_another_world()
    {
        int leaked = 0;
        string? difference = DeterminismAudit.FirstDifference(
            () =>
            {
                World world = new("leaky", 1);
                ActorRef actor = world.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Self.Tell(new Job(leaked++)) }), "leaky");
                world.ScheduleTell(At(30), actor, new Note("go"));
                return world;
            },
            At(100));
        Assert.Equal(
            "event 1 differs: '0.00003s: message 1 to /leaky: Job { Id = 0 }' and '0.00003s: message 1 to /leaky: Job { Id = 1 }'",
            difference);
    }

    [Fact]
    public void Worlds_run_in_parallel_without_touching_each_other()
    {
        ulong alone = DeterminismAudit.Record(Gossip(7, stress: false), At(2_000)).Hash;
        ulong[] hashes = new ulong[8];
        Parallel.For(0, hashes.Length, i => hashes[i] = DeterminismAudit.Record(Gossip(7, stress: false), At(2_000)).Hash);
        Assert.All(hashes, hash => Assert.Equal(alone, hash));
    }

    private static World Gossip(ulong seed, bool stress)
    {
        World world = new("gossip", seed);
        List<ActorRef> actors = [];
        for (int i = 0; i < 6; i++)
        {
            ulong state = 0;
            actors.Add(world.Spawn(Props.Create(() => new Scripted
            {
                Started = context => state = context.Seed("gossip"),
                OnNote = (context, note) =>
                {
                    state = Seeds.Mix(state + 1);
                    if (stress && state % 4 == 0) GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                    context.Spend(Us((long)(state % 3)));
                    ActorRef to = actors[(int)((state >> 8) % 6)];
                    context.ScheduleTell(Us((long)((state >> 16) % 40)), to, new Note($"{(state >> 24) % 1000}"));
                },
            }), $"actor-{i}"));
        }
        foreach (ActorRef actor in actors) actor.Tell(new Note("start"));
        return world;
    }
}
