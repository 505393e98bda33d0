using System.Text;
using Damon.Damo;
using Damon.Damo.Environment;
using Damon.Fuzz.Tests.Inputs;

namespace Damon.Fuzz.Tests.Readers;

/// <summary>Documents of kdamonds, JSON and YAML.</summary>
public sealed class Documents : FuzzedReader
{
    private static readonly string[] s_good = [.. Seeds.Documents, .. Rendered("json"), .. Rendered("yaml")];

    private static readonly Grammar s_grammar = new(new Dictionary<string, string[]>
    {
        ["document"] = ["{\"kdamonds\": [<kdamond>]}", "[<kdamond>, <kdamond>]", "kdamonds:\n- contexts:\n  - ops: <word>\n    schemes:\n    - action: <word>\n      access_pattern: <value>\n", "<value>", "<yaml>"],
        ["kdamond"] = ["{\"contexts\": [<context>]}", "{}", "<value>"],
        ["context"] =
        [
            "{\"ops\": <value>, \"targets\": [<value>], \"schemes\": [<scheme>]}", "{\"intervals\": <value>, \"nr_regions\": <value>}",
            "{\"ops\": \"paddr\", \"targets\": [{\"regions\": [{\"start\": <value>, \"end\": <value>}]}], \"schemes\": [<scheme>, <scheme>]}",
        ],
        ["scheme"] =
        [
            "{\"action\": <value>, \"access_pattern\": {\"sz_bytes\": <value>, \"nr_accesses\": <value>, \"age\": <value>}}",
            "{\"action\": \"migrate_hot\", \"quotas\": {\"goals\": [<value>]}, \"filters\": [<value>], \"watermarks\": <value>}", "<value>",
        ],
        ["value"] = ["null", "\"<word>\"", "<number>", "{}", "[]", "[<value>, <value>]", "{\"min\": <value>, \"max\": <value>}", "{\"<word>\": <value>}", "true", "\"<number> %\"", "\"<number> <word>\""],
        ["word"] = ["stat", "pageout", "paddr", "vaddr", "max", "min", "samples", "anon", "GiB", "aggr_intervals", "ms", ""],
        ["yaml"] = ["<word>: <number>", "a: <yaml>", "- <yaml>", "&x <yaml>", "*x", "'<word>'", "!!int <number>", "{<word>: <yaml>}", "|\n  <word>\n", "<word>: <number>\n<yaml>", "? <word>\n: <yaml>", "---\n<yaml>"],
    });

    public override byte[] Make(Dice dice) => Encoding.UTF8.GetBytes(dice.Below(3) switch
    {
        0 => s_grammar.Make("document", dice),
        1 => Mutation.Of(s_grammar.Make("document", dice), s_good, dice),
        _ => Mutation.Of(dice.Of(s_good), s_good, dice),
    });

    public override string? Read(byte[] input)
    {
        MemoryFiles files = new(new Dictionary<string, string> { ["document"] = Encoding.UTF8.GetString(input) });
        try
        {
            DamoLines.Use(DamoCommand.Parse(["args", "damon", "--kdamonds", "document"], DamoEnvironment.Default with { Files = files }));
            return null;
        }
        catch (DamoException error)
        {
            return error.Message;
        }
    }

    private static IEnumerable<string> Rendered(string format)
    {
        foreach (string[] words in Seeds.CommandLines.Where(words => words is ["start", ..]).Take(60))
        {
            string? text = null;
            try
            {
                text = DamoCommand.Parse(["args", "damon", .. words.Skip(1), "--format", format], DamoEnvironment.Default).Render();
            }
            catch (DamoException)
            {
                // Among the seeds are lines that damo refuses.
            }

            if (text is not null) yield return text;
        }
    }
}
