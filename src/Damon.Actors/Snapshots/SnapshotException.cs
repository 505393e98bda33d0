namespace Damon.Actors.Snapshots;

/// <summary>A snapshot that cannot be written or loaded.</summary>
/// <param name="message">Why, in one sentence.</param>
/// <param name="cause">What was thrown, if something was.</param>
public sealed class SnapshotException(string message, Exception? cause = null) : Exception(message, cause);
