using Damon.Actors.Runtime;

namespace Damon.Actors.Tests.Runtime;

/// <summary>A message with a name, for tests on order.</summary>
internal readonly record struct Note(string Text);

/// <summary>A message with a number.</summary>
internal readonly record struct Job(int Id);

/// <summary>A request that is answered with a number.</summary>
internal readonly record struct Query(int Number);

/// <summary>An actor whose handlers are the test's.</summary>
internal sealed class Scripted : Actor, IReceive<Note>, IReceive<Job>, IReceive<Terminated>, IRespond<Query, int>
{
    public Action<ActorContext, Note> OnNote { get; init; } = (_, _) => { };

    public Action<ActorContext, Job> OnJob { get; init; } = (_, _) => { };

    public Func<ActorContext, Query, int> OnQuery { get; init; } = (_, query) => query.Number;

    public Action<ActorContext, Terminated> OnTerminated { get; init; } = (_, _) => { };

    public Action<ActorContext> Started { get; init; } = _ => { };

    public Action<ActorContext, StopReason> Stopped { get; init; } = (_, _) => { };

    public void Receive(in Note message) => OnNote(Context, message);

    public void Receive(in Job message) => OnJob(Context, message);

    public void Receive(in Terminated message) => OnTerminated(Context, message);

    public int Respond(in Query request) => OnQuery(Context, request);

    protected override void OnStart() => Started(Context);

    protected override void OnStop(StopReason reason) => Stopped(Context, reason);
}

/// <summary>Short spans and instants.</summary>
internal static class Span
{
    public static VirtualDuration Us(long microseconds) => VirtualDuration.FromMicroseconds(microseconds);

    public static VirtualTime At(long microseconds) => VirtualTime.FromMicroseconds(microseconds);
}
