using System.Text;
using Damon.Damo;
using Damon.Damo.Masim;
using Damon.Fuzz.Tests.Inputs;

namespace Damon.Fuzz.Tests.Readers;

/// <summary>Configurations of masim.</summary>
public sealed class MasimFiles : FuzzedReader
{
    private static readonly string[] s_good = ["a, 4096\nb, 10485760, none\n\nphase one\n1000\na, 0, 64, 1\nb, 1, 4096, 50, wo\n\nphase two\n500\nb, 0, 64, 1, rw\n"];

    private static readonly Grammar s_grammar = new(new Dictionary<string, string[]>
    {
        ["file"] = ["<regions>\n\n<phases>"],
        ["regions"] = ["<region>", "<region>\n<regions>"],
        ["region"] = ["a, <number>", "b, <number>, <word>", "# comment", "<word>, <number>"],
        ["phases"] = ["<phase>", "<phase>\n\n<phases>"],
        ["phase"] = ["phase\n<number>\n<accesses>", "<word>\n<number>", "phase\n<accesses>"],
        ["accesses"] = ["<access>", "<access>\n<accesses>"],
        ["access"] = ["a, <number>, <number>, <number>", "b, 1, 64, 1, <word>", "<word>, 0, 64, <number>", "# comment"],
        ["word"] = ["a", "b", "wo", "ro", "rw", "none", "x", ""],
    });

    public override byte[] Make(Dice dice) => Encoding.UTF8.GetBytes(dice.Below(3) switch
    {
        0 => s_grammar.Make("file", dice),
        1 => Mutation.Of(s_grammar.Make("file", dice), s_good, dice),
        _ => Mutation.Of(dice.Of(s_good), s_good, dice),
    });

    public override string? Read(byte[] input)
    {
        try
        {
            MasimReader.Read(Encoding.UTF8.GetString(input), "fuzzed.cfg", [], isStrict: input.Length % 2 == 0);
            return null;
        }
        catch (DamoException error)
        {
            return error.Message;
        }
    }
}
