using System.Collections.Immutable;
using System.Diagnostics;
using Damon.Scenarios.Fleets;

namespace Damon.Node.Shards;

/// <summary>
/// A window of a shard while it is computed. Its members need nothing of each other before the next window, so each can be run by
/// whichever thread is free.
/// </summary>
/// <param name="members">The shard's members.</param>
/// <param name="window">The window, as the fleet counts it.</param>
/// <param name="input">What the members get.</param>
internal sealed class WindowCourse(ImmutableArray<FleetMember> members, long window, WindowInput input)
{
    private const int Begun = 0;
    private const int On = 1;
    private const int LeftOut = 2;

    private readonly IReadOnlyList<FleetMail>[] _sent = new IReadOnlyList<FleetMail>[members.Length];
    private int _state = Begun;
    private int _left = members.Length;
    private long _ticks;

    /// <summary>The commands of the log that some member was given.</summary>
    public IEnumerable<long> Applied => input.Commands
        .Where(logged => members.Any(member => logged.Commands.ContainsKey(member.Index)))
        .Select(logged => logged.Sequence);

    /// <summary>What the members took, one after the other.</summary>
    public TimeSpan Took => new(_ticks);

    /// <summary>What all members sent, in their order.</summary>
    public List<FleetMail> Sent() => [.. _sent.SelectMany(mails => mails)];

    /// <summary>Runs a member, unless the window is left out: that is decided with the first member that comes.</summary>
    /// <returns>Whether all members have run.</returns>
    public bool Run(int index, CancellationToken stop)
    {
        Interlocked.CompareExchange(ref _state, stop.IsCancellationRequested ? LeftOut : On, Begun);
        if (Volatile.Read(ref _state) == LeftOut) return false;
        long begin = Stopwatch.GetTimestamp();
        FleetMember member = members[index];
        List<MemberCommand> commands = [];
        foreach (LoggedCommand logged in input.Commands)
        {
            if (logged.Commands.TryGetValue(member.Index, out MemberCommand? command)) commands.Add(command);
        }

        _sent[index] = member.RunWindow(window, [.. input.Mail[member.Index]], commands);
        Interlocked.Add(ref _ticks, Stopwatch.GetElapsedTime(begin).Ticks);
        return Interlocked.Decrement(ref _left) == 0;
    }
}
