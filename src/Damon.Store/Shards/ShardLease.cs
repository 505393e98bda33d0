using Damon.Store.Nodes;

namespace Damon.Store.Shards;

/// <summary>A worker's hold on a shard. It ends when somebody else claims the shard: the epoch grows then, and never goes back.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The fencing epoch of this hold; every write carries it.</param>
/// <param name="DoneWindow">The last window that is computed and committed.</param>
/// <param name="ResultsWindow">The window up to which all results are stored.</param>
public sealed record ShardLease(ShardId Shard, long Epoch, Window DoneWindow, Window ResultsWindow);

/// <summary>A shard as the store knows it.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Owner">Name of the worker in whose name it is; null: nobody's.</param>
/// <param name="Incarnation">That worker's incarnation; null: nobody's.</param>
/// <param name="Epoch">The last fencing epoch; 0: it was never claimed.</param>
/// <param name="DoneWindow">The last window that is computed and committed.</param>
/// <param name="ResultsWindow">The window up to which all results are stored.</param>
/// <param name="CheckpointWindow">The window of the newest checkpoint; null: there is none.</param>
/// <param name="Digest">The digest of the done window; 0 before the first.</param>
public sealed record ShardEntry(
    ShardId Shard, string? Owner, Incarnation? Incarnation, long Epoch, Window DoneWindow, Window ResultsWindow, Window? CheckpointWindow, Digest Digest);
