using System.Collections.Concurrent;
using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Fleets;

/// <summary>
/// Runs a whole fleet in this process with several threads. What comes out is the same for any number of them: members share
/// nothing, and mail has an order of its own.
/// </summary>
public sealed class FleetRun
{
    private static readonly ILookup<(int Member, long Window), MemberCommand> s_uncommanded =
        Array.Empty<MemberCommand>().ToLookup(command => (command.Member, command.Window));

    private readonly FleetMember[] _members;
    private readonly List<HostSample>[] _readings;
    private readonly HostEnding?[] _endings;
    private readonly List<FleetReading>[] _courses;
    private readonly List<FleetMail>[] _inboxes;
    private readonly IReadOnlyList<FleetMail>[] _sent;

    /// <summary>A run that has not begun.</summary>
    public FleetRun(Fleet fleet)
    {
        Fleet = fleet;
        _members = [.. Enumerable.Range(0, fleet.Count).Select(fleet.Member)];
        _readings = [.. Enumerable.Range(0, fleet.HostCount).Select(_ => new List<HostSample>())];
        _endings = new HostEnding?[fleet.HostCount];
        _courses = [.. Enumerable.Range(0, fleet.Count - fleet.HostCount).Select(_ => new List<FleetReading>())];
        _inboxes = [.. _members.Select(_ => new List<FleetMail>())];
        _sent = new IReadOnlyList<FleetMail>[_members.Length];
        Progress = [.. Enumerable.Range(0, fleet.HostCount).Select(_ => new HostProgress())];
    }

    /// <summary>What is run.</summary>
    public Fleet Fleet { get; }

    /// <summary>By host: how far it is.</summary>
    public ImmutableArray<HostProgress> Progress { get; }

    /// <summary>Runs all windows; returns when all members have ended.</summary>
    /// <param name="threads">How many members at a time; 0: as many as the machine has processors.</param>
    /// <param name="commands">What is commanded, in the order in which it was; each takes effect with its window.</param>
    /// <param name="interruption">Ends the members before their time, between two windows; what they did until then is kept.</param>
    public FleetOutcome Run(int threads = 0, IReadOnlyList<MemberCommand>? commands = null, CancellationToken interruption = default)
    {
        ILookup<(int Member, long Window), MemberCommand> due = (commands ?? []).ToLookup(command => (command.Member, command.Window));
        if (Fleet.IsCoupled) RunTogether(threads, due, interruption);
        else ForEachMember(threads, i => RunAlone(i, due, interruption));
        return Outcome();
    }

    /// <summary>Runs one window of all members, as far as a barrier; what is sent in it is in the inboxes of the next.</summary>
    /// <param name="window">The one after the last that was run; the first is 0.</param>
    /// <param name="threads">How many members at a time; 0: as many as the machine has processors.</param>
    public void RunWindow(long window, int threads) => RunWindow(window, threads, s_uncommanded);

    /// <summary>Ends all members, where they are.</summary>
    /// <param name="threads">How many at a time; 0: as many as the machine has processors.</param>
    public FleetOutcome End(int threads)
    {
        ForEachMember(threads, EndMember);
        return Outcome();
    }

    private FleetOutcome Outcome()
    {
        ImmutableArray<HostOutcome> hosts =
            [.. _readings.Select((readings, i) => HostOutcome.Of(Fleet.Scenario.Hosts[i], [.. readings], _endings[i]!))];
        return new FleetOutcome(hosts, Digest()) { Courses = [.. _members.OfType<FleetActor>().Select(CourseOf)] };
    }

    /// <summary>Nobody sends anything: each member runs from its begin to its end, and only those that run take memory.</summary>
    private void RunAlone(int member, ILookup<(int Member, long Window), MemberCommand> commands, CancellationToken interruption)
    {
        for (long window = 0; window < Fleet.WindowCount && !interruption.IsCancellationRequested; window++)
            RunWindow(member, window, [], [.. commands[(member, window)]]);
        EndMember(member);
    }

    private void RunTogether(int threads, ILookup<(int Member, long Window), MemberCommand> commands, CancellationToken interruption)
    {
        for (long window = 0; window < Fleet.WindowCount && !interruption.IsCancellationRequested; window++) RunWindow(window, threads, commands);
        ForEachMember(threads, EndMember);
    }

    private void RunWindow(long window, int threads, ILookup<(int Member, long Window), MemberCommand> commands)
    {
        ForEachMember(threads, i => _sent[i] = RunWindow(i, window, _inboxes[i], [.. commands[(i, window)]]));
        foreach (List<FleetMail> inbox in _inboxes) inbox.Clear();
        foreach (FleetMail mail in _sent.SelectMany(mails => mails)) _inboxes[mail.To].Add(mail);
    }

    // One at a time for each thread: members handed out by the dozen, as Parallel.For does, leave the other threads waiting at the barrier.
    private void ForEachMember(int threads, Action<int> run) => Parallel.ForEach(
        Partitioner.Create(Enumerable.Range(0, _members.Length), EnumerablePartitionerOptions.NoBuffering),
        new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount },
        run);

    private IReadOnlyList<FleetMail> RunWindow(
        int member, long window, IReadOnlyCollection<FleetMail> inbox, IReadOnlyList<MemberCommand> commands)
    {
        IReadOnlyList<FleetMail> sent = _members[member].RunWindow(window, inbox, commands);
        if (_members[member] is HostMember host)
        {
            _readings[member].AddRange(host.TakeReadings());
            Progress[member].Reach(Fleet.EndUs(window), _readings[member]);
        }

        if (_members[member] is FleetActor actor) _courses[member - Fleet.HostCount].AddRange(actor.TakeReadings());
        return sent;
    }

    private void EndMember(int member)
    {
        if (_members[member] is not HostMember host) return;
        _endings[member] = host.End();
        _readings[member].AddRange(host.TakeReadings());
    }

    private FleetCourse CourseOf(FleetActor actor) => new(actor.Name, actor.Columns, [.. _courses[actor.Index - Fleet.HostCount]]);

    private string Digest() => FleetDigest.Of(_members.Select((member, i) => new MemberDigest(
        member.Name, i < Fleet.HostCount ? _endings[i]!.StateHash : member.StateHash, member.ResultsHash.Value)));
}
