using System.Collections.Immutable;
using Damon.Scenarios.Explaining.Prose;
using Damon.Scenarios.Explaining.Traps;

namespace Damon.Scenarios.Explaining;

/// <summary>What a configuration really does: in words, in numbers, what is lost of it, and which traps it walks into.</summary>
/// <param name="Contexts">What each kdamond's context and its schemes do.</param>
/// <param name="Lost">What is dropped, cut or ignored without a word, one sentence each.</param>
/// <param name="Findings">The traps.</param>
public sealed record Explanation(
    ImmutableArray<ContextExplanation> Contexts, ImmutableArray<string> Lost, ImmutableArray<Finding> Findings)
{
    /// <summary>Explains a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    public static Explanation Of(Configuration configuration) => new(
        [.. configuration.Contexts.Select(Of)],
        Losses.Of(configuration),
        KnownTraps.Find(configuration));

    private static ContextExplanation Of(ConfiguredContext context) => new(
        context.Place,
        MonitoringWords.Summary(context),
        MonitoringWords.Numbers(context),
        [.. context.Schemes.Select(scheme => new SchemeExplanation(scheme.Place, SchemeWords.Summary(scheme), SchemeNumbers.Of(scheme)))]);
}

/// <summary>What a context does.</summary>
/// <param name="Where">The context.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Numbers">The kernel's numbers.</param>
/// <param name="Schemes">Its schemes.</param>
public sealed record ContextExplanation(
    Place Where, string Summary, ImmutableArray<ExplainedNumber> Numbers, ImmutableArray<SchemeExplanation> Schemes);

/// <summary>What a scheme does.</summary>
/// <param name="Where">The scheme.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Numbers">The kernel's numbers.</param>
public sealed record SchemeExplanation(Place Where, string Summary, ImmutableArray<ExplainedNumber> Numbers);

/// <summary>A number as the kernel gets it, and what it amounts to.</summary>
/// <param name="Name">What it is, as the kernel's file is called.</param>
/// <param name="Value">The kernel's number with its unit.</param>
/// <param name="Meaning">What it amounts to on this machine.</param>
public sealed record ExplainedNumber(string Name, string Value, string Meaning);
