using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Memory;

/// <summary>All that a <see cref="MemoryStore"/> knows of a worker.</summary>
internal sealed record MemoryNode(NodeJoin Join, DateTimeOffset Joined, DateTimeOffset Expires);

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
            _nodes.TryAdd(join.Incarnation, new MemoryNode(join, now, now + join.Ttl));
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
            NodeJoin node = _nodes[incarnation].Join;
            int room = Math.Min(most, QuotaOf(node) - ToHold(node.Code).Count(shard => shard.Incarnation == incarnation));
            IEnumerable<MemoryShard> free = ToHold(node.Code)
                .Where(shard => refused?.Contains(shard.Id.Run) != true && !(shard.Incarnation is { } owner && IsLive(owner)));
            foreach (MemoryShard shard in free.Take(Math.Max(0, room)).ToList())
            {
                (shard.Owner, shard.Incarnation) = (node.Name, incarnation);
                shard.Epoch++;
            }

            return Task.FromResult<IReadOnlyList<ShardLease>>(
                [.. HeldBy(incarnation).Select(shard => new ShardLease(shard.Id, shard.Epoch, shard.Done))]);
        }
    }

    /// <inheritdoc/>
    public Task<int> SurplusAsync(Incarnation incarnation, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!IsLive(incarnation)) return Task.FromResult(0);
            NodeJoin node = _nodes[incarnation].Join;
            return Task.FromResult(Math.Max(0, ToHold(node.Code).Count(shard => shard.Incarnation == incarnation) - QuotaOf(node)));
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

    private int QuotaOf(NodeJoin node) => Quota.Each(
        ToHold(node.Code).Count(),
        _nodes.Values.Where(other => other.Join.Code == node.Code && IsLive(other.Join.Incarnation)).Select(other => other.Join.Capacity));

    /// <summary>The unfinished shards of running runs of a code's version.</summary>
    private IEnumerable<MemoryShard> ToHold(string code) =>
        from known in _runs.Values
        where known.Run.State == RunState.Running && known.Run.Code == code
        from shard in known.Shards
        where shard.Done < known.Run.FinalWindow
        select shard;

    private IEnumerable<MemoryShard> HeldBy(Incarnation incarnation) =>
        _runs.Values.SelectMany(known => known.Shards).Where(shard => shard.Incarnation == incarnation);

    private MemoryShard? Find(ShardId id) =>
        _runs.TryGetValue(id.Run, out MemoryRun? known) && (uint)id.Index < (uint)known.Shards.Length ? known.Shards[id.Index] : null;
}
