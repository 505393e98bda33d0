using System.Text;

namespace Damon.Fuzz.Tests.Inputs;

/// <summary>
/// Rules by which inputs are made. <c>&lt;name&gt;</c> in a text stands for one of the rule's alternatives, <c>&lt;number&gt;</c> for a
/// number; deep down only first alternatives are taken, which must come to an end.
/// </summary>
public sealed class Grammar(IReadOnlyDictionary<string, string[]> rules)
{
    private const int DepthMax = 12;

    /// <summary>A text made by a rule.</summary>
    public string Make(string rule, Dice dice)
    {
        StringBuilder text = new();
        Append(text, rule, dice, 0);
        return text.ToString();
    }

    private void Append(StringBuilder text, string rule, Dice dice, int depth)
    {
        if (rule == "number")
        {
            text.Append(dice.Number());
            return;
        }

        string[] alternatives = rules[rule];
        string chosen = depth > DepthMax || text.Length > 20_000 ? alternatives[0] : dice.Of(alternatives);
        int at = 0;
        while (chosen.IndexOf('<', at) is var open && open >= 0)
        {
            int close = chosen.IndexOf('>', open);
            text.Append(chosen, at, open - at);
            Append(text, chosen[(open + 1)..close], dice, depth + 1);
            at = close + 1;
        }

        text.Append(chosen, at, chosen.Length - at);
    }
}
