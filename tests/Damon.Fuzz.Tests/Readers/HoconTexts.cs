using System.Text;
using Damon.Fuzz.Tests.Inputs;
using Damon.Hocon;
using Damon.Hocon.Rendering;

namespace Damon.Fuzz.Tests.Readers;

/// <summary>HOCON, up to the resolved tree as JSON.</summary>
public sealed class HoconTexts : FuzzedReader
{
    private static readonly HoconOptions s_options = new()
    {
        Files = HoconFiles.InMemory(new Dictionary<string, string>
        {
            ["p.conf"] = "z = ${?a}\ny += 1\ninclude \"q.conf\"\n",
            ["q.conf"] = "include \"p.conf\"\n",
            ["p.json"] = "{\"x\": [1, {}]}",
            ["p.properties"] = "v.w=1\n",
        }),
    };

    private static readonly Grammar s_grammar = new(new Dictionary<string, string[]>
    {
        ["document"] = ["<fields>", "{<fields>}", "<fields>\n<fields>", "[<value>]", "<value>"],
        ["fields"] = ["<field>", "<field>\n<fields>", "<field>, <fields>", "<field>\n<fields>"],
        ["field"] = ["<path> = <value>", "<path> : <value>", "<path> {<fields>}", "<path> += <value>", "include <file>", "# a comment", "// another"],
        ["file"] = ["\"p\"", "\"p.conf\"", "file(\"p.json\")", "required(\"none.conf\")", "required(file(\"p.properties\"))", "url(\"p\")", "p"],
        ["path"] = ["a", "b", "c", "a.b", "b.c.d", "\"q.r\".s", "a.<path>", "0", "1", "a b"],
        ["value"] =
        [
            "1", "<number>", "<word>", "\"<word>\"", "{<fields>}", "[<value>, <value>]", "[<value>\n<value>,]", "${<path>}", "${?<path>}", "<value> <value>", "${a} {<fields>}", "[<value>] ${?b}",
            "\"\"\"<word>\"\"\"", "null", "true", "<number> <unit>",
        ],
        ["word"] = ["x", "yes", "some text", "\\u0041", "é", "a:b", "${", "$", "\\", "1.2.3", ""],
        ["unit"] = ["ms", "GiB", "%", "bp", "parsecs"],
    });

    public override byte[] Make(Dice dice) => Encoding.UTF8.GetBytes(dice.Below(3) switch
    {
        0 => s_grammar.Make("document", dice),
        1 => Mutation.Of(s_grammar.Make("document", dice), Seeds.HoconTexts, dice),
        _ => Mutation.Of(dice.Of(Seeds.HoconTexts), Seeds.HoconTexts, dice),
    });

    public override string? Read(byte[] input)
    {
        try
        {
            JsonRenderer.Render(HoconDocument.Parse(Encoding.UTF8.GetString(input), "fuzzed.conf", s_options));
            return null;
        }
        catch (HoconException error)
        {
            return string.Join(" / ", error.All.Select(one => one.Message));
        }
    }
}
