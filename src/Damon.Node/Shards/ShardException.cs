using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>A shard that cannot be computed as it was before: the run must not go on. The message is one sentence.</summary>
public sealed class ShardException(ShardId shard, Window window, string problem)
    : Exception($"{shard}, window {window}: {problem}")
{
    /// <summary>The shard.</summary>
    public ShardId Shard { get; } = shard;

    /// <summary>The window.</summary>
    public Window Window { get; } = window;
}
