using Damon.Actors.Runtime;

namespace Damon.Actors.TestKit;

/// <summary>A world whose time is under the test's control: nothing runs until the test lets it, and waiting takes no real time.</summary>
public sealed class TestWorld
{
    private int _probes;

    /// <summary>An empty world at time 0.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seed">Its seed.</param>
    public TestWorld(string name = "test", ulong seed = 0) => World = new World(name, seed);

    /// <summary>The world itself.</summary>
    public World World { get; }

    /// <summary>The world's clock.</summary>
    public VirtualTime Now => World.Now;

    /// <summary>How long a probe waits for a message if the test does not say: virtual time, 3 s at first.</summary>
    public VirtualDuration Patience { get; set; } = VirtualDuration.FromSeconds(3);

    /// <summary>Spawns a top-level actor.</summary>
    public ActorRef Spawn(Props props, string name) => World.Spawn(props, name);

    /// <summary>Spawns a probe: an actor that records whatever it is told or asked.</summary>
    /// <param name="name">Its name; null: <c>probe-1</c>, <c>probe-2</c> and so on.</param>
    /// <param name="rank">Its rank; null: the order of spawn.</param>
    public TestProbe CreateProbe(string? name = null, int? rank = null) => new(this, name ?? $"probe-{++_probes}", rank);

    /// <summary>Delivers everything that is due now, without letting time pass.</summary>
    public void Settle() => World.RunUntil(World.Now);

    /// <summary>Lets time pass and delivers what is due meanwhile.</summary>
    /// <param name="span">How long; not negative.</param>
    public void Advance(VirtualDuration span)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(span.Nanoseconds, nameof(span));
        World.RunUntil(World.Now + span);
    }

    /// <summary>Runs a part of a test and checks that it took no more virtual time than allowed.</summary>
    /// <param name="limit">The longest time allowed.</param>
    /// <param name="body">The part; its probes let time pass by waiting.</param>
    /// <exception cref="ExpectationException">It took longer.</exception>
    public void Within(VirtualDuration limit, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        VirtualTime start = World.Now;
        body();
        VirtualDuration taken = World.Now - start;
        if (taken > limit) throw new ExpectationException($"Allowed were {limit} from {start} on, but it took {taken}.");
    }

    /// <summary>Delivers message after message until a condition holds.</summary>
    /// <returns>False if it does not hold at the deadline; the clock is there then.</returns>
    internal bool RunUntil(Func<bool> condition, VirtualTime deadline)
    {
        while (!condition())
        {
            if (World.NextDue is { } due && due <= deadline && World.Step()) continue;
            World.RunUntil(deadline);
            return condition();
        }
        return true;
    }
}
