using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Memory;

/// <summary>All that a <see cref="MemoryStore"/> knows of a run.</summary>
internal sealed class MemoryRun(Run run, RunSubmission submission)
{
    public Run Run { get; set; } = run;

    public Guid Key { get; } = submission.Key;

    public ReadOnlyMemory<byte> Scenario { get; } = submission.Scenario.ToArray();

    public MemoryShard[] Shards { get; } = [.. Enumerable.Range(0, submission.Shards).Select(i => new MemoryShard(new(run.Id, i)))];

    public SortedDictionary<(Window Window, int Destination, int Source), ReadOnlyMemory<byte>> Mail { get; } = [];

    public List<Command> Commands { get; } = [];

    public Dictionary<Guid, CommandReceipt> Receipts { get; } = [];

    public List<AppliedCommand> Applied { get; } = [];

    public Window DoneWindow => Shards.Min(shard => shard.Done);
}

/// <summary>All that a <see cref="MemoryStore"/> knows of a shard.</summary>
internal sealed class MemoryShard(ShardId id)
{
    public ShardId Id { get; } = id;

    public string? Owner { get; set; }

    public Incarnation? Incarnation { get; set; }

    public long Epoch { get; set; }

    public Window Done { get; set; }

    public Window ResultsTo { get; set; }

    public List<WindowDigest> Digests { get; } = [];

    /// <summary>The kept ones, oldest first.</summary>
    public List<Checkpoint> Checkpoints { get; } = [];

    public List<ResultChunk> Results { get; } = [];

    public bool IsHeldBy(Incarnation incarnation, long epoch) => Incarnation == incarnation && Epoch == epoch;

    public void Free() => (Owner, Incarnation) = (null, null);

    public ShardLease Lease => new(Id, Epoch, Done, ResultsTo);

    public ShardEntry Entry => new(
        Id, Owner, Incarnation, Epoch, Done, ResultsTo,
        Checkpoints.Count > 0 ? Checkpoints[^1].Window : null,
        Digests.Count > 0 ? Digests[^1].Digest : default);
}
