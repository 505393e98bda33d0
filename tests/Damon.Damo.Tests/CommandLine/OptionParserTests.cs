using Damon.Damo.CommandLine;
using Damon.Damo.Environment;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.CommandLine;

public class OptionParserTests
{
    private static ParsedOptions Parse(params string[] words) => new OptionParser(DamoVerb.ArgsDamon).Parse(words, 0);

    private static string ErrorOf(params string[] words) => Assert.Throws<DamoException>(() => Parse(words)).Message;

    [Theory]
    [InlineData("--sample|5ms")]
    [InlineData("--sample=5ms")]
    [InlineData("-s|5ms")]
    [InlineData("-s5ms")]
    [InlineData("-s=5ms")]
    public void All_spellings_of_one_use(string words) => Assert.Equal(["5ms"], Parse(words.Split('|')).Use("sample")!.Words);

    [Fact]
    public void A_unique_prefix_names_the_option_and_may_carry_its_word()
    {
        Assert.Equal(["30", "300"], Parse("--monitoring_nr", "30", "300").Use("monitoring_nr_regions_range")!.Words);
        Assert.Equal(["7"], Parse("--targ=7").Use("target_pid")!.Words);
    }

    [Fact]
    public void An_exact_name_is_never_ambiguous() => Assert.True(Parse("--damos_quotas", "1").Has("damos_quotas"));

    [Fact]
    public void An_ambiguous_prefix_names_the_candidates()
    {
        string message = ErrorOf("--monitoring_i", "1", "2", "3");
        Assert.Contains("--monitoring_intervals,", message);
        Assert.Contains("--monitoring_intervals_autotune", message);
    }

    [Theory]
    [InlineData("--damos_actoin", "--damos_action")]
    [InlineData("--damos-age", "--damos_age")]
    [InlineData("--numa_nodes", "--numa_node")]
    public void An_unknown_option_gets_the_nearest_right_spelling(string wrong, string right) => Assert.Contains($"'{right}'", ErrorOf(wrong, "1"));

    [Fact]
    public void Negative_numbers_are_words_and_other_dashes_are_not()
    {
        Assert.Equal(["migrate_hot", "-1"], Parse("--damos_action", "migrate_hot", "-1").Use("damos_action")!.Words);
        Assert.Equal(["-0.5", "max"], Parse("--damos_access_rate", "-0.5", "max").Use("damos_access_rate")!.Words);
        Assert.Equal(["-.5", "-4 K"], Parse("--damos_access_rate", "-.5", "-4 K").Use("damos_access_rate")!.Words);
        Assert.Contains("-4K", ErrorOf("--damos_sz_region", "-4K", "max"));
    }

    [Fact]
    public void Lists_take_all_words_and_the_positional_stands_after_two_dashes()
    {
        ParsedOptions parsed = Parse("--numa_node", "0", "1", "--", "paddr");
        Assert.Equal(["0", "1"], parsed.Use("numa_node")!.Words);
        Assert.Equal("paddr", parsed.Positional);
    }

    [Fact]
    public void Appending_options_add_and_others_are_replaced()
    {
        Assert.Equal(2, Parse("--ops", "vaddr", "--ops", "paddr").Uses("ops").Count);
        Assert.Equal(["2"], Assert.Single(Parse("--nr_targets", "1", "--nr_targets", "2").Uses("nr_targets")).Words);
    }

    [Theory]
    [InlineData("--damos_age|5s", "2 words")]
    [InlineData("--monitoring_intervals|1|2|3|4|5", "second target")]
    [InlineData("--raw=1", "no word")]
    [InlineData("--damos_age=1", "2 words")]
    [InlineData("--target_pid|abc", "not an integer")]
    [InlineData("--target_pid|1,000", "not an integer")]
    [InlineData("--ops|padr", "did you mean 'paddr'")]
    [InlineData("--numa_node", "one word or more")]
    [InlineData("a|b", "second target")]
    public void Wrong_counts_and_types_are_told(string words, string expected) => Assert.Contains(expected, ErrorOf(words.Split('|')));

    [Fact]
    public void Uses_know_their_place_in_argv()
    {
        OptionUse use = Parse("--raw", "--damos_age", "5", "6").Use("damos_age")!;
        Assert.Equal((1, 3), (use.WordIndex, use.IndexOf(1)));
    }

    [Fact]
    public void Random_command_lines_are_understood_or_refused_cleanly()
    {
        string[] values =
        [
            "0", "1", "2", "-1", "5%", "max", "min", "4K", "5ms", "1 h 30 m", "paddr", "vaddr", "allow", "reject", "none", "non", "memcg", "anon", "young",
            "addr", "target", "hugepage_size", "/a", "migrate_hot", "pageout", "stat", "user_input", "node_mem_free_bp", "node_memcg_used_bp",
            "node_eligible_mem_bp", "matching", "nan", "inf", "1e999", "-", "--", "", "=", "{}", "[]", "{\"kdamonds\": [{\"contexts\": []}]}", "free_mem_rate",
            "1G-2G", "99999999999999999999999999", "__", "1_0", "\u0661",
        ];
        Gen<string> option = Gen.Elements(OptionTable.All.ToArray()).Select(spec => spec.LongForm);
        Gen<string> clipped = option.SelectMany(name => Gen.Choose(2, name.Length).Select(length => name[..length]));
        Gen<string> word = Gen.Frequency((4, option), (1, clipped), (8, Gen.Elements(values)), (1, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")));
        Gen<string[]> argv = word.ArrayOf();
        Prop.ForAll(argv.ToArbitrary(), words =>
        {
            try
            {
                DamoInvocation invocation = DamoCommand.Parse(["args", "damon", .. words], DamoEnvironment.Default);
                _ = invocation.Render();
                _ = Damon.Damo.Staging.Stager.Stage(invocation.Document);
                _ = (invocation with { Output = new(Damon.Damo.Writing.OutputFormat.Report) }).Render();
            }
            catch (DamoException e)
            {
                Assert.NotEmpty(e.Message);
                Assert.DoesNotContain('\n', e.Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }
}
