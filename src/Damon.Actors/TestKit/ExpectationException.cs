namespace Damon.Actors.TestKit;

/// <summary>An expectation of a test was not met; fails the test under any test framework.</summary>
/// <param name="message">What was expected, what came, and when.</param>
public sealed class ExpectationException(string message) : Exception(message);
