namespace Damon.Damo.CommandLine;

/// <summary>The table of all options (spec sections 1, 5 and 6). To add an option, add a row and read it where it belongs.</summary>
public static class OptionTable
{
    /// <summary>All options, of all commands.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        One("ops", "vaddr, paddr or fvaddr") with { Choices = ["vaddr", "paddr", "fvaddr"] },
        One("target_pid", "a process id") with { IsInteger = true },
        One("regions", "address ranges 'START-END START-END ..'") with { Short = 'r' },
        Many("numa_node", "node ids") with { IsInteger = true },
        Append("monitoring_intervals", 3, "sampling, aggregation and update interval"),
        One("sample", "the sampling interval") with { Short = 's' },
        One("aggr", "the aggregation interval") with { Short = 'a' },
        One("updr", "the update interval") with { Short = 'u' },
        Append("monitoring_intervals_goal", 4, "access ratio, number of aggregations, least and largest sampling interval"),
        Switch("monitoring_intervals_autotune"),
        Append("monitoring_nr_regions_range", 2, "least and largest number of regions"),
        One("minr", "the least number of regions") with { Short = 'n' },
        One("maxr", "the largest number of regions") with { Short = 'm' },
        One("damon_addr_unit", "bytes per address unit"),
        Integers("pause_ctx", "context indices"),
        One("refresh_stat", "the interval of refreshing statistics"),
        Integers("obsolete_targets", "target indices"),
        Many("sample_primitives", "page_table or page_fault") with { Choices = ["page_table", "page_fault"] },
        One("exp_ops_use_reports", "Y or N"),
        One("exp_ops_write_only", "Y or N"),
        One("exp_ops_cpus", "a list of CPUs"),
        One("exp_ops_tids", "a list of thread ids"),
        Many("probe_filter", "allow|reject [non] TYPE [PATH]"),
        Integers("nr_probe_filters", "numbers of filters, one a probe"),
        Integers("nr_probes", "numbers of probes, one a context"),
        Integers("nr_targets", "numbers of targets, one a context"),
        Integers("nr_schemes", "numbers of schemes, one a context"),
        Integers("nr_ctxs", "numbers of contexts, one a kdamond"),

        Many("damos_action", "an action and its arguments"),
        Append("damos_sz_region", 2, "least and largest size"),
        Append("damos_access_rate", 2, "least and largest access rate in percent"),
        Append("damos_age", 2, "least and largest age"),
        One("damos_apply_interval", "the apply interval"),
        One("damos_quota_interval", "the reset interval of the quota"),
        One("damos_quota_time", "time per reset interval"),
        One("damos_quota_space", "bytes per reset interval"),
        Append("damos_quota_weights", 3, "weights of size, access rate and age"),
        Many("damos_quotas", "TIME [SIZE [INTERVAL [SIZE-WEIGHT [ACCESS-WEIGHT [AGE-WEIGHT]]]]]"),
        Many("damos_quota_goal", "METRIC TARGET [CURRENT | NODE [PATH]]"),
        One("damos_quota_goal_tuner", "consist or temporal"),
        Append("damos_quota_fail_charge_ratio", 2, "numerator and denominator"),
        Many("damos_filter", "allow|reject [none] TYPE [ARGUMENTS]"),
        Append("damos_wmarks", 5, "metric, interval, high, mid and low mark"),
        One("damos_max_nr_snapshots", "a number of snapshots"),
        Integers("damos_nr_filters", "numbers of --damos_filter uses, one a scheme"),
        Integers("damos_nr_quota_goals", "numbers of --damos_quota_goal uses, one a scheme"),

        Once("kdamonds", 1, "a JSON file or text"),
        Once("schemes", 1, "a JSON file or text with a list of schemes") with { Short = 'c' },

        // Switches of start and tune; args damon takes them too, so that a line can be looked at without changing it.
        Switch("include_child_tasks") with { Verbs = DamoVerb.Start | DamoVerb.ArgsDamon },
        Switch("quota_goals_only") with { Verbs = DamoVerb.Tune | DamoVerb.ArgsDamon },
        Switch("debug_damon"),
        Once("damon_interface_DEPRECATED", 1, "sysfs, debugfs or auto") with { Choices = ["sysfs", "debugfs", "auto"] },

        Once("format", 1, "json, yaml or report") with { Verbs = DamoVerb.ArgsDamon, Choices = ["json", "yaml", "report"] },
        Switch("raw") with { Verbs = DamoVerb.ArgsDamon },
        Switch("omit_defaults") with { Verbs = DamoVerb.ArgsDamon },
        Once("out", 1, "a file to write") with { Verbs = DamoVerb.ArgsDamon },
        Once("add", 1, "a file") with { Verbs = DamoVerb.ArgsDamon },
        Once("remove", 2, "a file and a kdamond index") with { Verbs = DamoVerb.ArgsDamon },
        Once("replace", 2, "a file and a kdamond index") with { Verbs = DamoVerb.ArgsDamon },
    ];

    private static OptionSpec One(string name, string words) => Append(name, 1, words);

    private static OptionSpec Append(string name, int count, string words) => new(name, Arity.Exactly(count), words) { Appends = true };

    private static OptionSpec Many(string name, string words) => new(name, Arity.OneOrMore, words) { Appends = true };

    private static OptionSpec Integers(string name, string words) => new(name, Arity.OneOrMore, words) { IsInteger = true };

    private static OptionSpec Once(string name, int count, string words) => new(name, Arity.Exactly(count), words);

    private static OptionSpec Switch(string name) => new(name, Arity.Flag, "no word");
}
