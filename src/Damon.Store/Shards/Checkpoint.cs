namespace Damon.Store.Shards;

/// <summary>The state of a shard after a window.</summary>
/// <param name="Window">The window.</param>
/// <param name="Codec">How the bytes are written, with its version.</param>
/// <param name="Digest">The writer's hash of the state.</param>
/// <param name="Bytes">The state.</param>
public sealed record Checkpoint(Window Window, string Codec, Digest Digest, ReadOnlyMemory<byte> Bytes);
