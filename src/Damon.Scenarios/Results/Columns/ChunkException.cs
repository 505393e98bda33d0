namespace Damon.Scenarios.Results.Columns;

/// <summary>A chunk of results that cannot be read.</summary>
/// <param name="message">Why, in one sentence.</param>
/// <param name="cause">What was thrown, if something was.</param>
public sealed class ChunkException(string message, Exception? cause = null) : Exception(message, cause);
