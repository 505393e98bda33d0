using Damon.Actors.Hosts;
using Damon.Hocon;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;

namespace Damon.Scenarios.Tests.Reading;

public sealed class ReplayWorkloadTests
{
    /// <summary>Two aggregations of 100 ms, later on some clock: 8 MiB cold and 4 MiB at 20 samples, then the other way round.</summary>
    public const string Record = """
        [{"target_id": 0, "intervals": {"sample_us": 5000, "aggr_us": 100000, "ops_update_us": 1000000}, "snapshots": [
          {"start_time": 7000000000, "end_time": 7100000000, "regions": [
            {"start": 4294967296, "end": 4303355904, "nr_accesses": {"samples": 0}, "age": {"usec": null, "aggr_intervals": 7}},
            {"start": 8589934592, "end": 8594128896, "nr_accesses": {"samples": 20}, "age": {"usec": null, "aggr_intervals": 7}}]},
          {"start_time": 7100000000, "end_time": 7200000000, "regions": [
            {"start": 4294967296, "end": 4303355904, "nr_accesses": {"samples": 10}, "age": {"usec": null, "aggr_intervals": 0}},
            {"start": 8589934592, "end": 8594128896, "nr_accesses": {"samples": 0}, "age": {"usec": null, "aggr_intervals": 0}}]}]}]
        """;

    [Fact]
    public void A_record_is_a_program_of_the_memory_that_it_covers_touched_as_its_samples_say()
    {
        HostSettings host = Host("workload = { replay = \"r.json\" }");
        ProcessSettings process = Assert.Single(host.Processes);

        // Pages 0..2047 are those from 4 GiB on, the next 1024 those from 8 GiB on: the gap takes none.
        Assert.Equal(3072u, process.NrPages);
        Assert.Equal(105_000, Next(process, 0, -1));
        Assert.Equal(105_000, Next(process, 2047, -1));
        Assert.Equal(2_500, Next(process, 2048, -1));
        Assert.Equal(7_500, Next(process, 3071, 2_500));
        Assert.Equal(97_500, Next(process, 2048, 92_500));
        Assert.Equal(AccessRule.NeverAgain, Next(process, 2048, 97_500));
        Assert.Equal(200_000UL, Assert.Single(host.Events.OfType<ExitEvent>()).AtUs);
    }

    [Fact]
    public void It_begins_with_its_program_and_may_begin_anew()
    {
        ProcessSettings process = Host("workload = { replay = \"r.json\", start = 1 s, at-end = repeat }").Processes[0];
        Assert.Equal(1_002_500, Next(process, 2048, -1));
        Assert.Equal(1_202_500, Next(process, 2048, 1_097_500));
    }

    [Fact]
    public void Its_mappings_are_the_records_ranges_unless_others_are_given()
    {
        // Two ranges alone would leave vaddr without two gaps: pages of text and stack are beside them.
        const string Vaddr = "damo = \"damo start --ops vaddr --target_pid 5\"";
        VmaLayout recorded = Host("workload = { replay = \"r.json\", pid = 5 }", Vaddr).Processes[0].Vmas;
        Assert.Equal([4UL << 20, 4UL << 30, 8UL << 30, (1UL << 47) - 4096], recorded.Vmas.Select(vma => vma.Start));
        VmaLayout own = Host("workload = { replay = \"r.json\", pid = 5, address = 1 TiB }", Vaddr).Processes[0].Vmas;
        Assert.Equal([4UL << 20, 1UL << 40, (1UL << 47) - 4096], own.Vmas.Select(vma => vma.Start));
    }

    [Theory]
    [InlineData("{ replay = \"s.json\" }", "replay: found \"s.json\"", "there is no folder/s.json")]
    [InlineData("{ kind = replay }", "replay is not set", "a record of damo")]
    [InlineData("{ replay = \"r.json\", kdamond = 2 }", "no record of kdamond 2", "allowed: target 0")]
    [InlineData("{ replay = \"r.json\", target = x }", "target: found \"x\"", "whole number")]
    [InlineData("{ replay = \"empty.json\" }", "empty.json", "no record")]
    [InlineData("{ replay = \"cut.json\" }", "cut.json: no valid JSON|cut.json: the record ends|folder/cut.json")]
    [InlineData("{ replay = \"back.json\" }", "ends before the one before it")]
    [InlineData("{ replay = \"instant.json\" }", "allowed is a length of 1 us..365 d")]
    [InlineData("{ replay = \"vast.json\" }", "more than 2147483647 pages")]
    [InlineData("{ replay = \"r.json\", size = 4 MiB }", "size", "at least the 12 MiB of the record's memory")]
    public void A_mistake_is_told_with_its_place(string workload, params string[] parts)
    {
        string message = Assert.Throws<HoconException>(() => Small.ReadWith(
            Text($"workload = {workload}"),
            ("folder/r.json", Record),
            ("folder/empty.json", "[]"),
            ("folder/cut.json", Record[..600]),
            ("folder/back.json", Record.Replace("7100000000, \"end_time\": 7200000000", "7000000000, \"end_time\": 7050000000", StringComparison.Ordinal)),
            ("folder/instant.json", Record.Replace("7000000000", "7200000000", StringComparison.Ordinal).Replace("7100000000", "7200000000", StringComparison.Ordinal)),
            ("folder/vast.json", Record.Replace("8594128896", "18446744073709551615", StringComparison.Ordinal)))).All[0].Message;
        foreach (string part in parts)
            Assert.True(part.Split('|').Any(one => message.Contains(one, StringComparison.Ordinal)), $"'{part}' is not in: {message}");
    }

    private static long Next(ProcessSettings process, uint page, long afterUs) =>
        process.Rules.Single(rule => rule.Pages.First <= page && page < rule.Pages.End).NextTouchUs(page, afterUs);

    private static HostSettings Host(string tenant, string more = "") =>
        Small.ReadWith(Text(tenant) + more, ("folder/r.json", Record)).Hosts[0].Settings;

    private static string Text(string tenant) => $$"""
        run { duration = 3 s, sample-interval = 1 s, window = 2 }
        machine.nodes = [ { size = 64 MiB } ]
        cgroups {
          "/a" { {{tenant}} }
        }

        """;
}
