namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A trap that a configuration walks into.</summary>
/// <param name="Trap">The trap's name.</param>
/// <param name="Where">The scheme, or the context.</param>
/// <param name="Problem">What happens, in one sentence.</param>
/// <param name="Why">The mechanism behind it, in one sentence.</param>
/// <param name="Found">The options that do it, as far as they can be written; empty: something is missing.</param>
/// <param name="Corrected">The options to have instead.</param>
public sealed record Finding(string Trap, Place Where, string Problem, string Why, string Found, string Corrected);
