using Damon.Damo.Trees;
using Damon.Damo.Values;
using Damon.Scenarios.Explaining.Traps;

namespace Damon.Scenarios.Explaining;

/// <summary>Turns an explanation into the tree that JSON and YAML are written from.</summary>
public static class ExplanationTree
{
    /// <summary>The tree.</summary>
    /// <param name="explanation">The explanation.</param>
    public static TreeNode Of(Explanation explanation) => Map(
        ("contexts", List(explanation.Contexts, Context)),
        ("lost", List(explanation.Lost, text => new TreeText(text))),
        ("traps", List(explanation.Findings, Trap)));

    private static TreeMap Context(ContextExplanation context) => Map(
        ("kdamond", Number(context.Where.Kdamond)),
        ("context", Number(context.Where.Context)),
        ("summary", new TreeText(context.Summary)),
        ("numbers", List(context.Numbers, Number)),
        ("schemes", List(context.Schemes, Scheme)));

    private static TreeMap Scheme(SchemeExplanation scheme) => Map(
        ("scheme", Number(scheme.Where.Scheme)),
        ("summary", new TreeText(scheme.Summary)),
        ("numbers", List(scheme.Numbers, Number)));

    private static TreeMap Number(ExplainedNumber number) => Map(
        ("name", new TreeText(number.Name)),
        ("value", new TreeText(number.Value)),
        ("meaning", new TreeText(number.Meaning)));

    private static TreeMap Trap(Finding finding) => Map(
        ("trap", new TreeText(finding.Trap)),
        ("kdamond", Number(finding.Where.Kdamond)),
        ("context", Number(finding.Where.Context)),
        ("scheme", Number(finding.Where.Scheme)),
        ("problem", new TreeText(finding.Problem)),
        ("why", new TreeText(finding.Why)),
        ("found", new TreeText(finding.Found)),
        ("corrected", new TreeText(finding.Corrected)));

    private static TreeNode Number(int? number) => number is { } value ? new TreeNumber(value) : TreeNull.Instance;

    private static TreeList List<T>(IEnumerable<T> items, Func<T, TreeNode> node) => new([.. items.Select(node)]);

    private static TreeMap Map(params (string Key, TreeNode Value)[] entries) =>
        new([.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))]);
}
