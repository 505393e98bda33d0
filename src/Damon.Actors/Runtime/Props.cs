using Damon.Model.Snapshots;

namespace Damon.Actors.Runtime;

/// <summary>The recipe of an actor: how to make an instance, its rank, and what to do when it fails. Immutable.</summary>
public sealed class Props
{
    private Props(Func<Actor> factory, int? rank, Supervision supervision)
    {
        Factory = factory;
        Rank = rank;
        Supervision = supervision;
    }

    /// <summary>The fixed rank among messages that are due at the same time; null: the order of spawn in the world.</summary>
    public int? Rank { get; }

    /// <summary>What becomes of the actor when a handler throws.</summary>
    public Supervision Supervision { get; }

    [field: NotInSnapshot(Rebuilt.AsDefault)]
    internal Func<Actor> Factory { get; }

    /// <summary>The recipe of an actor that the factory makes; the factory must return a new instance each time.</summary>
    /// <typeparam name="TActor">The actor's class.</typeparam>
    public static Props Create<TActor>(Func<TActor> factory)
        where TActor : Actor
    {
        ArgumentNullException.ThrowIfNull(factory);
        return new Props(factory, null, Supervision.StopWorld);
    }

    /// <summary>The same with a fixed rank: of two messages due at the same time the one to the lower rank comes first.</summary>
    public Props WithRank(int rank) => new(Factory, rank, Supervision);

    /// <summary>The same with another supervision.</summary>
    public Props WithSupervision(Supervision supervision) => new(Factory, Rank, supervision);
}
