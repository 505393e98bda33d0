using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Reading;
using Damon.Damo.Scripts;
using Damon.Damo.Staging;
using Damon.Damo.Writing;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Document;

/// <summary>Broken copies of good inputs: each is understood or refused with one sentence, never anything else.</summary>
public class MutationTests
{
    private const string Pieces = "{}[]\",:'-#|&$`\\\n\t \0%*!?>@0159eEmaxkK\u00e9\ud800";

    private static readonly string _line =
        "--numa_node 0 1 --monitoring_intervals_goal 4% 3 5ms 10s --probe_filter reject non memcg /a --damos_action migrate_hot 0 3 1 1 "
        + "--damos_access_rate 5% max --damos_quota_interval 1s --damos_quota_goal node_memcg_used_bp 29.7% 0 /w/a "
        + "--damos_filter allow memcg /w/a reject none young allow addr 1G 2G allow hugepage_size 4K 3M";

    /// <summary>A few edits of a text: a position as a share of the length, how many characters go, what comes instead.</summary>
    private static Gen<string> Mutations(string text)
    {
        Gen<(int At, int Drop, string Insert)> edit =
            from at in Gen.Choose(0, text.Length)
            from drop in Gen.Frequency((3, Gen.Choose(0, 2)), (1, Gen.Choose(0, 200)))
            from insert in Gen.Elements(Pieces.ToCharArray()).ArrayOf()
            select (at, drop, new string(insert.AsSpan(0, Math.Min(insert.Length, 4))));
        return edit.NonEmptyListOf().Select(edits =>
        {
            string mutated = text;
            foreach ((int at, int drop, string insert) in edits.Take(6))
            {
                int start = Math.Min(at, mutated.Length);
                mutated = mutated.Remove(start, Math.Min(drop, mutated.Length - start)).Insert(start, insert);
            }

            return mutated;
        });
    }

    private static void IsUnderstoodOrRefused(Func<DamoDocument> read)
    {
        try
        {
            DamoDocument document = read();
            foreach (OutputFormat format in Enum.GetValues<OutputFormat>()) _ = DocumentWriter.Write(document, new(format));
            _ = Stager.Stage(document);
        }
        catch (DamoException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Theory]
    [InlineData(OutputFormat.Json, "x.json")]
    [InlineData(OutputFormat.Yaml, "x.yaml")]
    public void Documents(OutputFormat format, string name)
    {
        string text = DocumentWriter.Write(Commands.Args(_line).Document, new(format));
        Prop.ForAll(Mutations(text).ToArbitrary(), mutated => IsUnderstoodOrRefused(() => new DocumentReader([]).Read(mutated, name)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(600));
    }

    [Fact]
    public void Scripts() => Prop.ForAll(
        Mutations("#!/bin/sh\nsudo ./damo start \\\n `# all` " + _line.Replace(" --", " \\\n\t--")).ToArbitrary(),
        mutated => IsUnderstoodOrRefused(() => DamoScript.Read(mutated, "x.sh").Parse(DamoEnvironment.Default).Document))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void Command_lines_with_odd_values()
    {
        string[] odd =
        [
            "nan", "inf", "-inf", "1e308", "-1e308", "1e-320", "0", "-1", "-0.5", "max", "max%", "max d", "min", "99999999999999999999999999999999",
            new('9', 4299), "1 d 1 ns", "100 %", "0.0001%", "17EiB", "0.5B", "x", "",
        ];
        string[] words = ["args", "damon", .. (_line + " --damos_age 5s max --damos_wmarks none 1s 1 2 3 --minr 5 --maxr 9 --sample 1 --aggr 7 --refresh_stat 1 "
            + "--damos_quota_time 5 --damos_quota_space 6 --damos_quota_weights 1 2 3 --damos_quota_fail_charge_ratio 1 2 --damos_sz_region 1 2 --raw").Split(' ')];
        Gen<List<(int At, string Word)>> edits =
            (from at in Gen.Choose(2, words.Length - 1) from word in Gen.Elements(odd) select (at, word)).NonEmptyListOf();
        Prop.ForAll(edits.ToArbitrary(), list =>
        {
            string[] argv = [.. words];
            foreach ((int at, string word) in list.Take(3).Where(edit => !argv[edit.At].StartsWith("--", StringComparison.Ordinal))) argv[at] = word;
            IsUnderstoodOrRefused(() => DamoCommand.Parse(argv, DamoEnvironment.Default).Document);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));
    }
}
