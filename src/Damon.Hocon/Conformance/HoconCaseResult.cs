namespace Damon.Hocon.Conformance;

/// <summary>What became of one conformance case.</summary>
/// <param name="Id">The id of the case.</param>
/// <param name="Passed">Whether the outcome is the recorded one.</param>
/// <param name="Known">Whether a difference is intended and documented (docs/hocon.md).</param>
/// <param name="Message">What was recorded and what came out; empty for a case that passed.</param>
public sealed record HoconCaseResult(string Id, bool Passed, bool Known, string Message);
