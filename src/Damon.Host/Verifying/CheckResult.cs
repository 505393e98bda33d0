namespace Damon.Host.Verifying;

/// <summary>What came of one recorded case.</summary>
/// <param name="Passed">Whether ours did as recorded.</param>
/// <param name="Known">Whether the difference is intended and documented.</param>
/// <param name="Message">What differs, with the case's name; empty when passed.</param>
internal readonly record struct CheckResult(bool Passed, bool Known, string Message);
