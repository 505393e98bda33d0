using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Memory;

/// <summary>All that a <see cref="MemoryStore"/> knows of a worker.</summary>
internal sealed record MemoryNode(NodeJoin Join, DateTimeOffset Joined, DateTimeOffset Expires, IReadOnlySet<RunId> Refused);

// Workers and what they hold.
public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public Task JoinAsync(NodeJoin join, CancellationToken ct = default)
    {
        join.Validate();
        lock (_lock)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            _nodes.TryAdd(join.Incarnation, new MemoryNode(join, now, now + join.Ttl, new HashSet<RunId>()));
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(Incarnation incarnation, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!IsLive(incarnation)) return Task.FromResult(false);
            MemoryNode node = _nodes[incarnation];
            _nodes[incarnation] = node with { Expires = _clock.GetUtcNow() + node.Join.Ttl };
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task LeaveAsync(Incarnation incarnation, CancellationToken ct = default) => EvictAsync(incarnation, ct);

    /// <inheritdoc/>
    public Task EvictAsync(Incarnation incarnation, CancellationToken ct = default)
    {
        lock (_lock)
        {
            _nodes.Remove(incarnation);
            foreach (MemoryShard shard in HeldBy(incarnation)) shard.Free();
            _news.Ring();
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Node>> ListNodesAsync(CancellationToken ct = default)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            return Task.FromResult<IReadOnlyList<Node>>([
                .. from node in _nodes.Values
                   let told = node.Join
                   orderby node.Joined, told.Incarnation.Value
                   select new Node(
                       told.Incarnation, told.Name, told.Code, told.Capacity, told.Info, node.Joined, node.Expires - now,
                       HeldBy(told.Incarnation).Count()),
            ]);
        }
    }

    /// <summary>For tests: a worker's lease runs out now.</summary>
    internal void Expire(Incarnation incarnation)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(incarnation, out MemoryNode? node)) _nodes[incarnation] = node with { Expires = _clock.GetUtcNow() };
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardLease>> ClaimAsync(
        Incarnation incarnation, int most, IReadOnlyCollection<RunId>? refused = null, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!IsLive(incarnation)) return Task.FromResult<IReadOnlyList<ShardLease>>([]);
            MemoryNode node = _nodes[incarnation] with { Refused = new HashSet<RunId>(refused ?? []) };
            _nodes[incarnation] = node;
            foreach ((RunId run, int quota) in QuotaOf(node.Join))
            {
                List<MemoryShard> unfinished = Unfinished(run);
                int room = Math.Min(most, quota - unfinished.Count(shard => shard.Incarnation == incarnation));
                foreach (MemoryShard shard in unfinished.Where(shard => !(shard.Incarnation is { } owner && IsLive(owner))).Take(Math.Max(0, room)))
                {
                    (shard.Owner, shard.Incarnation) = (node.Join.Name, incarnation);
                    shard.Epoch++;
                    most--;
                }
            }

            return Task.FromResult<IReadOnlyList<ShardLease>>([.. HeldBy(incarnation).Select(shard => shard.Lease)]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardLease>> SurplusAsync(Incarnation incarnation, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!IsLive(incarnation)) return Task.FromResult<IReadOnlyList<ShardLease>>([]);
            return Task.FromResult<IReadOnlyList<ShardLease>>([
                .. from run in QuotaOf(_nodes[incarnation].Join)
                   from shard in Unfinished(run.Key).Where(shard => shard.Incarnation == incarnation).Skip(run.Value)
                   select shard.Lease,
            ]);
        }
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Incarnation incarnation, IReadOnlyList<ShardLease> leases, CancellationToken ct = default)
    {
        lock (_lock)
        {
            foreach (ShardLease lease in leases)
            {
                if (Find(lease.Shard) is { } shard && shard.IsHeldBy(incarnation, lease.Epoch)) shard.Free();
            }

            _news.Ring();
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardEntry>> ListShardsAsync(RunId? run = null, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ShardEntry>>(
                [.. _runs.Values.Where(known => run is null || known.Run.Id == run).SelectMany(known => known.Shards).Select(shard => shard.Entry)]);
        }
    }

    private bool IsLive(Incarnation incarnation) =>
        _nodes.TryGetValue(incarnation, out MemoryNode? node) && node.Expires > _clock.GetUtcNow();

    /// <summary>What a worker should hold of each running run of its code, oldest run first.</summary>
    private IEnumerable<KeyValuePair<RunId, int>> QuotaOf(NodeJoin worker)
    {
        QuotaNode[] nodes =
        [
            .. from node in _nodes.Values
               let told = node.Join
               where told.Code == worker.Code && IsLive(told.Incarnation)
               select new QuotaNode(told.Incarnation, told.Capacity, told.Only, node.Refused),
        ];
        IEnumerable<RunId> runs = _runs.Values.Where(known => known.Run.State == RunState.Running && known.Run.Code == worker.Code).Select(known => known.Run.Id);
        return Quota.Of(worker.Incarnation, nodes, runs.Select(run => (run, Unfinished(run).Count))).OrderBy(run => run.Key);
    }

    private List<MemoryShard> Unfinished(RunId run) =>
        [.. _runs[run].Shards.Where(shard => shard.Done < _runs[run].Run.FinalWindow)];

    private IEnumerable<MemoryShard> HeldBy(Incarnation incarnation) =>
        _runs.Values.SelectMany(known => known.Shards).Where(shard => shard.Incarnation == incarnation);

    private MemoryShard? Find(ShardId id) =>
        _runs.TryGetValue(id.Run, out MemoryRun? known) && (uint)id.Index < (uint)known.Shards.Length ? known.Shards[id.Index] : null;
}
