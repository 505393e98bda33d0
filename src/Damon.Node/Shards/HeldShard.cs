using System.Collections.Concurrent;
using System.Collections.Immutable;
using Damon.Node.Results;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results.Columns;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>
/// A shard that this node holds: its members in memory, at the end of some window, and what they brought about since the last
/// commit. Computed by one thread at a time.
/// </summary>
internal sealed class HeldShard
{
    // Results of more windows take fewer rows and fewer bytes; who follows a run wants to see some of it all the same.
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    private readonly ShardMap _map;
    private readonly List<WindowDigest> _digests = [];
    private readonly List<long> _applied = [];
    private readonly ShardResults _results;
    private readonly PeriodicLook _storing = new(s_between);
    private readonly Window _final;
    private readonly ConcurrentQueue<ShardCommit> _packed = [];
    private Window _packedUpTo;
    private WindowCourse? _course;
    private List<FleetMail>? _sent;

    public HeldShard(RunContext run, ShardLease lease, ImmutableArray<FleetMember> members, Window done, ShardDigest digest)
    {
        (_map, _final) = (run.Map, run.Run.FinalWindow);
        Lease = lease;
        Members = members;
        (Done, Committed, _packedUpTo, Digest) = (done, done, done, digest);
        _results = new ShardResults(run, lease.Shard.Index, members, done);
    }

    /// <summary>The hold; every commit carries its epoch.</summary>
    public ShardLease Lease { get; }

    /// <summary>The shard.</summary>
    public ShardId Id => Lease.Shard;

    /// <summary>Its members, by their index in the fleet.</summary>
    public ImmutableArray<FleetMember> Members { get; }

    /// <summary>The window that it has computed last.</summary>
    public Window Done { get; private set; }

    /// <summary>The window that is committed.</summary>
    public Window Committed { get; private set; }

    /// <summary>The digest of all its windows up to <see cref="Done"/>.</summary>
    public ShardDigest Digest { get; private set; }

    /// <summary>Whether its members have reported what nobody has packed yet.</summary>
    public bool HasResults => _results.TakenTo < Done;

    /// <summary>How many committed windows were computed once more to bring it to memory.</summary>
    public long Recomputed { get; set; }

    /// <summary>When the next checkpoint is due.</summary>
    public CheckpointPace Pace { get; } = new();

    /// <summary>What it sent in the window that it has computed last; null: somebody else computed that.</summary>
    public IReadOnlyList<FleetMail>? Sent => _sent;

    /// <summary>What is to be committed next; null: nothing is packed. A window may be packed while the one before is being committed.</summary>
    public ShardCommit? Packed => _packed.TryPeek(out ShardCommit? next) ? next : null;

    /// <summary>Computes the next window.</summary>
    public void RunWindow(WindowInput input)
    {
        Begin(input);
        for (int i = 0; i < Members.Length; i++) RunMember(i, CancellationToken.None);
    }

    /// <summary>Begins the next window: <see cref="RunMember"/> is then to be called once for each member, in any order and on any thread.</summary>
    public void Begin(WindowInput input)
    {
        _course = new WindowCourse(Members, Windows.OfFleet(Done.Next), input);
        if (Members.IsEmpty) End(_course);
    }

    /// <summary>Runs a member through the window that was begun; the last one ends the window.</summary>
    /// <param name="index">Its place among the members.</param>
    /// <param name="stop">A window of which no member has run yet is left out then.</param>
    /// <returns>Whether the window has ended with this member.</returns>
    public bool RunMember(int index, CancellationToken stop)
    {
        WindowCourse course = _course ?? throw new InvalidOperationException($"{Id}: no window was begun after {Done}");
        if (!course.Run(index, stop)) return false;
        End(course);
        return true;
    }

    /// <summary>Packs all that is not packed yet, as the store takes it.</summary>
    /// <param name="withCheckpoint">Whether the state goes with it.</param>
    /// <param name="withResults">Whether the results go with it even if it is not time for them; they always do with the state and at the end.</param>
    public void Pack(bool withCheckpoint, bool withResults = false)
    {
        bool isTime = _storing.IsDue;
        Window resultsFrom = _results.TakenTo;
        IReadOnlyList<ResultChunk> results = isTime || withResults || withCheckpoint || Done == _final ? _results.Take(Done) : [];
        _packed.Enqueue(new ShardCommit
        {
            Shard = Id,
            Epoch = Lease.Epoch,
            From = _packedUpTo,
            To = Done,
            Digests = [.. _digests],
            Mail = _sent is null || Done == _packedUpTo ? [] : _map.Pack(_sent),
            Results = results,
            ResultsFrom = resultsFrom,
            ResultsTo = _results.TakenTo,
            Applied = [.. _applied.Distinct().Order()],
            Checkpoint = withCheckpoint ? Pace.Time(() => ShardCheckpoint.Write(this)) : null,
        });
        _packedUpTo = Done;
        _digests.Clear();
        _applied.Clear();
    }

    /// <summary>What <see cref="Packed"/> gave is committed, or was committed before by somebody else.</summary>
    public void MarkCommitted()
    {
        if (!_packed.TryDequeue(out ShardCommit? committed)) throw new InvalidOperationException($"{Id}: nothing was packed after {Committed}");
        Committed = committed.To;
    }

    /// <summary>All that was computed is in the store, by a node before this one.</summary>
    public void MarkStored()
    {
        (Committed, _packedUpTo) = (Done, Done);
        _digests.Clear();
        _applied.Clear();
    }

    /// <summary>The results up to here are in the store, by a node before this one.</summary>
    public void MarkResultsStored() => _results.Forget(Done);

    /// <summary>What its hosts have reported and nobody has packed: taken away, for who looks closer at a replay.</summary>
    public IReadOnlyList<HostReadings> TakeReadings() => _results.TakeReadings();

    private void End(WindowCourse course)
    {
        Done = Done.Next;
        _sent = course.Sent();
        _applied.AddRange(course.Applied);
        Digest = Digest.After(Done, _sent, Members);
        _digests.Add(new WindowDigest(Done, Digest.Value));
        Pace.Worked(course.Took);
    }
}
