using System.Text;
using Damon.Scenarios.Explaining.Traps;

namespace Damon.Scenarios.Explaining;

/// <summary>Writes an explanation as plain text.</summary>
public static class ExplanationText
{
    /// <summary>The text, lines of any length, with a final newline.</summary>
    /// <param name="explanation">The explanation.</param>
    public static string Render(Explanation explanation)
    {
        StringBuilder text = new();
        Heading(text, "What it does");
        foreach (ContextExplanation context in explanation.Contexts)
        {
            Line(text, 0, $"{context.Where} {context.Summary}");
            foreach (SchemeExplanation scheme in context.Schemes) Line(text, 1, $"scheme {scheme.Where.Scheme} {scheme.Summary}");
        }

        Heading(text, "What the kernel gets");
        foreach (ContextExplanation context in explanation.Contexts)
        {
            Numbers(text, context.Where, context.Numbers);
            foreach (SchemeExplanation scheme in context.Schemes) Numbers(text, scheme.Where, scheme.Numbers);
        }

        if (!explanation.Lost.IsEmpty) Heading(text, "What is lost without a word");
        foreach (string lost in explanation.Lost) Line(text, 0, lost);
        Heading(text, explanation.Findings.IsEmpty ? "Known traps: none found" : "Known traps");
        HashSet<string> told = [];
        foreach (Finding finding in explanation.Findings) Trap(text, finding, told);
        return text.ToString();
    }

    private static void Numbers(StringBuilder text, Place where, IEnumerable<ExplainedNumber> numbers)
    {
        Line(text, 0, where.ToString());
        foreach (ExplainedNumber number in numbers) Line(text, 1, $"{number.Name} {number.Value}: {number.Meaning}");
    }

    /// <remarks>A reason that holds for several findings is told with the first of them.</remarks>
    private static void Trap(StringBuilder text, Finding finding, HashSet<string> told)
    {
        Line(text, 0, $"{finding.Where}: {finding.Trap}: {finding.Problem}");
        if (told.Add(finding.Why)) Line(text, 1, $"why: {finding.Why}");
        if (finding.Found.Length > 0) Line(text, 1, $"instead of: {finding.Found}");
        Line(text, 1, $"{(finding.Found.Length > 0 ? "write" : "add")}: {finding.Corrected}");
    }

    private static void Heading(StringBuilder text, string heading)
    {
        if (text.Length > 0) text.Append('\n');
        text.Append(heading).Append('\n');
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', 2 + (2 * depth)).Append(line).Append('\n');
}
