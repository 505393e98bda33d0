using System.Text;
using Damon.Damo;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Scripts;
using Damon.Fuzz.Tests.Inputs;
using Damon.Scenarios.Explaining;

namespace Damon.Fuzz.Tests.Readers;

/// <summary>damo's command lines, as scripts or as words: from the words to the printed document, the staged numbers and the explanation.</summary>
public sealed class DamoLines : FuzzedReader
{
    private const char WordEnd = '\0';

    private static readonly string[] s_lines = [.. Seeds.CommandLines.Select(words => string.Join(WordEnd, words))];

    private static readonly Grammar s_grammar = new(new Dictionary<string, string[]>
    {
        ["line"] = ["damo start <options>", "sudo damo start <options>", "damo tune <options>", "damo args damon <options> --format <format>", "# a line\n$ damo start \\\n<options>"],
        ["options"] = ["<option>", "<option> <options>", "<option> <options>", "<option> \\\n    <options>", "<option> `# why` <options>"],
        ["option"] =
        [
            "--numa_node <number>", "--ops <ops>", "--target_pid <number>", "--regions <number>-<number>", "--monitoring_intervals <time> <time> <time>", "--sample <time>", "-a <time>",
            "--monitoring_intervals_goal <rate> <number> <time> <time>", "--monitoring_nr_regions_range <number> <number>", "--minr <number>", "--damos_action <action>",
            "--damos_sz_region <size> <size>", "--damos_access_rate <rate> <rate>", "--damos_age <time> <time>", "--damos_apply_interval <time>", "--damos_quota_interval <time>",
            "--damos_quota_time <time>", "--damos_quota_space <size>", "--damos_quota_weights <number> <number> <number>", "--damos_quota_goal <goal>", "--damos_filter <filter>",
            "--probe_filter <filter>", "--damos_wmarks <wmark> <time> <number> <number> <number>", "--damos_max_nr_snapshots <number>", "--nr_schemes <number> <number>",
            "--nr_targets <number>", "--nr_ctxs <number>", "--nr_probes <number>", "--damos_nr_filters <number>", "--damos_nr_quota_goals <number> <number>", "--damon_addr_unit <number>",
            "--damos_quotas <time> <size> <time> <number>", "--damos_quota_goal_tuner <tuner>", "--damos_quota_fail_charge_ratio <number> <number>", "--schemes '<json>'",
            "--kdamonds '<json>'", "--exp_ops_cpus <number>", "--obsolete_targets <number>", "--pause_ctx <number>", "--raw", "--omit_defaults", "<number>", "--nonsense <number>", "--damos",
        ],
        ["ops"] = ["paddr", "vaddr", "fvaddr", "raddr"],
        ["time"] = ["<number>", "<number>ms", "<number> us", "<number>s", "max", "min", "<number>h", "<number>%"],
        ["size"] = ["<number>", "<number>K", "<number>MiB", "<number>G", "max", "min", "<number>%"],
        ["rate"] = ["<number>%", "<number>", "max", "min"],
        ["action"] = ["pageout", "migrate_hot <number>", "migrate_cold <number>", "migrate_hot <number> <number> <number> <number>", "stat", "hugepage", "lru_prio", "willneed", "pageot"],
        ["goal"] =
        [
            "user_input <number> <number>", "some_mem_psi_us <time>", "node_mem_used_bp <rate> <number>", "node_mem_free_bp <rate> <number>", "node_memcg_used_bp <rate> <number> /a",
            "node_eligible_mem_bp <rate> <number>", "active_mem_bp <rate>", "nonsense <number>",
        ],
        ["filter"] =
        [
            "allow anon", "reject young", "allow none memcg /workload_a", "reject memcg /b", "allow addr <number> <number>", "reject target <number>", "allow hugepage_size <size> <size>",
            "allow active", "reject unmapped", "allow non anon", "allow", "reject everything",
        ],
        ["wmark"] = ["free_mem_rate", "none", "nonsense"],
        ["tuner"] = ["consist", "temporal", "other"],
        ["format"] = ["json", "yaml", "report", "xml"],
        ["json"] = ["[]", "{}", "[{}]", "{\"kdamonds\": []}", "[{\"action\": \"stat\"}]", "{\"kdamonds\": [{\"contexts\": [{\"schemes\": [{\"action\": \"<action>\"}]}]}]}"],
    });

    public override byte[] Make(Dice dice) => Encoding.UTF8.GetBytes(dice.Below(4) switch
    {
        0 => s_grammar.Make("line", dice),
        1 => Mutation.Of(s_grammar.Make("line", dice), s_lines, dice),
        2 => "damo " + Mutation.Of(string.Join(' ', dice.Of(Seeds.CommandLines)), s_lines, dice),
        _ => Mutation.Of(dice.Of(s_lines), s_lines, dice),
    });

    public override string? Read(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        try
        {
            DamoInvocation invocation = text.Contains(WordEnd, StringComparison.Ordinal)
                ? DamoCommand.Parse(text.Split(WordEnd), DamoEnvironment.Default)
                : DamoScript.Read(text, "pasted.sh").Parse(DamoEnvironment.Default);
            Use(invocation);
            return null;
        }
        catch (DamoException error)
        {
            return error.Message;
        }
    }

    /// <summary>What commands do with what was read.</summary>
    internal static void Use(DamoInvocation invocation)
    {
        invocation.Render();
        ExplanationText.Render(Explanation.Of(Configuration.Of(invocation, KnownMachine.Default)));
    }
}
