namespace Damon.Store.Shards;

/// <summary>All that a shard sends to another one in a window, packed.</summary>
/// <param name="Destination">The receiving shard's number.</param>
/// <param name="Bytes">The packed messages.</param>
public sealed record MailPacket(int Destination, ReadOnlyMemory<byte> Bytes);

/// <summary>A stored packet.</summary>
/// <param name="Window">The window that sent it; the destination takes it when it computes the next one.</param>
/// <param name="Destination">The receiving shard's number.</param>
/// <param name="Source">The sending shard's number.</param>
/// <param name="Bytes">The packed messages.</param>
public sealed record Mail(Window Window, int Destination, int Source, ReadOnlyMemory<byte> Bytes);
