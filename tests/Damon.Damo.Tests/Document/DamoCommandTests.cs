using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Values;

namespace Damon.Damo.Tests.Document;

public class DamoCommandTests
{
    private const string TwoKdamonds =
        """{"kdamonds": [{"contexts": []}, {"refresh_ms": 5, "contexts": [{"ops": "vaddr", "targets": [{"pid": 7, "regions": []}]}]}]}""";

    [Fact]
    public void The_report_is_that_of_the_console() => Assert.Equal(
        """
        kdamond 0
            context 0
                ops: paddr
                target 0
                    region [33,285,996,544, 62,277,025,792) (27.000 GiB)
                intervals: sample 5 ms, aggr 100 ms, update 1 s
                nr_regions: [10, 1,000]
                scheme 0
                    action: pageout per aggr interval
                    target access pattern
                        sz: [0 B, max]
                        nr_accesses: [0 %, 18,446,744,073,709,551,615 %]
                        age: [0 ns, max]
                    quotas
                        0 ns / 100.000 MiB / 0 B per 1 s
                        goal 0: metric node_mem_free_bp (nid 0) target 4,000 current 0
                        goal tuner: consist
                        priority: sz 0.1 %, nr_accesses 0.1 %, age 0.1 %
                    watermarks
                        metric none, interval 0 ns
                        0 %, 0 %, 0 %
                    filter 0
                        allow anon
                access sample control
                enabled primitives: page_table
        """,
        Commands.Args(
            "--format report --damos_action pageout --damos_quota_interval 1s --damos_quota_space 100M "
            + "--damos_quota_goal node_mem_free_bp 40% 0 --damos_filter allow anon --numa_node 1").Render());

    [Fact]
    public void Yaml_has_the_tree_in_the_order_of_the_json()
    {
        string yaml = Commands.Args("--format yaml --target_pid 7 --omit_defaults").Render();
        Assert.Equal(
            """
            kdamonds:
            - refresh_ms: 0
              contexts:
              - ops: vaddr
                addr_unit: 1 B
                targets:
                - pid: 7
                  obsolete: false
                  regions: []
                probes: []
                sample_control:
                  primitives_enabled:
                    page_table: true
                    page_fault: false
                  sample_filters: []
                pause: false
                schemes: []
            """,
            yaml);
    }

    [Fact]
    public void Files_can_be_added_to_and_their_kdamonds_removed_and_replaced()
    {
        DamoEnvironment files = Commands.WithFile("in.json", TwoKdamonds);
        Sequence<Kdamond> Kdamonds(string options) => Commands.Args(options, files).Document.Kdamonds;
        Assert.Equal([0, 1, 1], Kdamonds("--add in.json --target_pid 9").Select(kdamond => kdamond.Contexts.Count));
        Assert.Equal((Number)5, Assert.Single(Kdamonds("--remove in.json 0")).RefreshMs);
        Assert.Equal(Number.Zero, Assert.Single(Kdamonds("--remove in.json -1")).RefreshMs);
        Assert.Equal((Number)9, Kdamonds("--replace in.json 0 --target_pid 9")[0].Contexts[0].Targets[0].Pid!.Value);
        Assert.Contains("0 to 1", Commands.ErrorOf("--remove in.json 2", files));
        Assert.Contains("no file 'out.json'", Commands.ErrorOf("--add out.json", files));
        Assert.Contains("--replace", Commands.ErrorOf("--add in.json --replace in.json 0", files));
    }

    [Fact]
    public void A_positional_document_or_process_decides_everything()
    {
        DamoEnvironment files = Commands.WithFile("in.yaml", "kdamonds: [{contexts: []}]");
        Assert.Empty(Commands.Args("in.yaml --ops paddr", files).Document.Kdamonds[0].Contexts);
        Assert.Equal(Operations.Fvaddr, Commands.Args("42 --regions 1G-2G").Document.Kdamonds[0].Contexts[0].Ops);
        Assert.Equal(Operations.Paddr, Commands.Args("paddr --target_pid 5").Document.Kdamonds[0].Contexts[0].Ops);
        Assert.Contains("--ops vaddr --target_pid", Commands.ErrorOf("vaddr"));
        Assert.Contains("line 1", Commands.ErrorOf("'{\"kdamonds\": ['"));
    }

    [Fact]
    public void A_program_is_known_by_a_port_and_never_run()
    {
        DamoEnvironment environment = DamoEnvironment.Default with { Programs = new OneProgram() };
        Assert.Equal((Number)321, Commands.Args("'masim zigzag.cfg'", environment).Document.Kdamonds[0].Contexts[0].Targets[0].Pid!.Value);
        Assert.Contains("not supported", Commands.ErrorOf("'sleep 5'", environment));
    }

    private sealed class OneProgram : IProgramSource
    {
        public bool TryStart(string command, out int pid)
        {
            pid = 321;
            return command.Split(' ')[0] == "masim";
        }
    }

    [Theory]
    [InlineData("--numa_node 0 --numa_node 1 --nr_targets 1 1 --probe_filter allow anon", "--nr_probes is required")]
    [InlineData("--ops paddr --ops paddr", "--nr_targets is required")]
    [InlineData("--obsolete_targets 1", "no target 1")]
    [InlineData("--regions '5G-6G 1G-2G'", "ascending")]
    [InlineData("--regions 5G-5G", "empty")]
    [InlineData("--regions 5G", "START-END")]
    [InlineData("--damon_addr_unit 4K --target_pid 7", "paddr")]
    [InlineData("--nr_ctxs 2", "add up to 2")]
    [InlineData("--damos_action stat --damos_quotas 1 --damos_quota_interval 1s", "--damos_quotas")]
    [InlineData("--damos_action stat --damos_quotas 1 2 --damos_quota_goal some_mem_psi_us 1", "reset interval")]
    [InlineData("--damos_action stat --damos_quotas 1 2 3 4 5 6 7", "1 to 6")]
    [InlineData("--damos_action stat --damos_wmarks free_mem 0 0 0 0", "'free_mem_rate'")]
    [InlineData("--damos_action stat --damos_quota_interval 1s --damos_quota_goal node_ineligible_mem_bp 4000 0", "PERCENT%")]
    [InlineData("--damos_action stat --damos_filter allow non anon", "'none'")]
    [InlineData("--damos_action stat --damos_filter alow anon", "'allow'")]
    [InlineData("--damos_action stat --damos_filter allow annon", "'anon'")]
    [InlineData("--damos_action stat --damos_filter allow addr 1", "end address is missing")]
    [InlineData("--damos_action stat --damos_filter anon matching allow extra", "allow")]
    [InlineData("--nr_targets -1", "from 0")]
    public void Errors_say_what_is_allowed(string options, string hint) => Assert.Contains(hint, Commands.ErrorOf(options));

    [Fact]
    public void Errors_point_at_the_word()
    {
        var error = Assert.Throws<DamoException>(() => Commands.Args("--raw --damos_action stat --damos_age 5s 7min"));
        Assert.Equal(7, error.WordIndex);
        Assert.StartsWith("--damos_age: '7min'", error.Message);
    }

    [Fact]
    public void Old_and_new_filter_forms_mean_the_same()
    {
        Sequence<SchemeFilter> Filters(string options) =>
            Commands.Args("--damos_action stat " + options).Document.Kdamonds[0].Contexts[0].Schemes[0].Filters;
        Assert.Equal(
            Filters("--damos_filter reject none memcg /a --damos_filter allow addr 1 2"),
            Filters("--damos_filter memcg nomatching /a --damos_filter addr matching 1 2 pass"));
        Assert.Equal(Filters("--damos_filter allow anon deny young"), Filters("--damos_filter allow anon --damos_filter block young"));
    }

    [Fact]
    public void Tune_needs_a_running_kdamond()
    {
        Assert.Throws<DamoException>(() => DamoCommand.Parse(["tune"], DamoEnvironment.Default with { IsDamonRunning = false }));
        Assert.Single(DamoCommand.Parse(["tune"], DamoEnvironment.Default).Document.Kdamonds);
    }

    [Fact]
    public void A_machine_with_holes_gives_several_regions()
    {
        var ram = new SystemRam([new(0, 0, 100), new(1, 100, 200), new(0, 300, 400)]);
        DamoEnvironment environment = DamoEnvironment.Default with { SystemRam = ram };
        Sequence<AddressRange> Regions(string options) => Commands.Args(options, environment).Document.Kdamonds[0].Contexts[0].Targets[0].Regions;
        Assert.Equal([new(0, 100), new(300, 400)], Regions("--numa_node 0"));
        Assert.Equal([new(0, 200), new(300, 400)], Regions("--numa_node 0 1"));
        Assert.Equal([new(0, 400)], Regions(""));
        Assert.Empty(Regions("--numa_node 2"));
    }
}
