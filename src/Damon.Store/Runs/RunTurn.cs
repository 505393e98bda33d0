using Damon.Store.Shards;

namespace Damon.Store.Runs;

/// <summary>What a worker needs to know between two windows of a coupled run.</summary>
/// <param name="Progress">How the run stands.</param>
/// <param name="Mail">
/// The mail of the window before the open one to the shards that were asked about, by destination and source. Empty unless the open
/// window is beyond the one that was named.
/// </param>
public sealed record RunTurn(RunProgress Progress, IReadOnlyList<Mail> Mail);
