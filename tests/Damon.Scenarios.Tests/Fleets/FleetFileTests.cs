using System.Globalization;
using Damon.Hocon;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Tests.Running;

namespace Damon.Scenarios.Tests.Fleets;

/// <summary>The repository's fleet, with fewer hosts: all that it has works, and comes to the same bits by any engine.</summary>
public sealed class FleetFileTests
{
    private const string Fewer = """

        hosts { web.count = 3, db.count = 2, batch.count = 2 }
        fleet { pool.size = 20 GiB, tenants.streams.steady.every = 10 s, tenants.drains = [ { hosts = web-0, from = 1 m } ] }
        """;

    [Fact]
    public void It_has_two_hundred_hosts_that_differ()
    {
        Scenario scenario = Read("");

        Assert.Equal(200, scenario.Hosts.Length);
        Assert.Equal(200, scenario.Hosts.Select(Shape).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_engine_comes_to_the_same_digest(int seed)
    {
        Fleet fleet = new(Read(Fewer, new RunOverrides((ulong)seed, 180_000_000)));
        FleetOutcome outcome = new FleetRun(fleet).Run(1);

        Assert.Equal(outcome.Digest, new FleetRun(fleet).Run(2).Digest);
        Assert.Equal(outcome.Digest, new ScatteredEngine(fleet, 4, seed).Run());
        Assert.All(outcome.Hosts, host => Assert.Null(host.Failure));
        Assert.All(outcome.Hosts, host => Assert.Empty(host.Refusals));
        Assert.All(outcome.Courses, course => Assert.NotEmpty(course.Readings));
        Assert.Contains(outcome.Hosts, host => host.Samples[^1].Nodes[0].MigratedInBytes > 0);
        FleetCourse tenants = outcome.Courses.Single(course => course.Name == "/fleet/tenants");
        foreach (string column in (string[])["arrived", "placed", "finished"])
            Assert.True(tenants.Readings[^1].Values[tenants.Columns.IndexOf(column)] > 0, column);
    }

    [Fact]
    public void The_example_of_the_documentation_is_accepted()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "fleets.md"));
        int begin = text.IndexOf("```hocon\n", StringComparison.Ordinal) + "```hocon\n".Length;
        Scenario scenario = Small.ReadAlone(text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)]);

        Assert.Equal(100, scenario.Hosts.Length);
        Assert.Equal<string>(["/fleet/goals/speed", "/fleet/pool", "/fleet/tenants"], scenario.Fleet.Names);
    }

    private static string Shape(HostPlan host) =>
        string.Join(' ', host.Settings.Processes.Select(process => process.NrPages.ToString(CultureInfo.InvariantCulture) + process.Rules.FirstOrDefault()));

    private static Scenario Read(string more, RunOverrides? overrides = null)
    {
        string text = File.ReadAllText(Path.Combine(ScenarioFileTests.Folder, "fleet.conf"));
        return ScenarioReader.Read(HoconDocument.Parse(text + more, "fleet.conf"), "fleet", overrides ?? RunOverrides.None);
    }
}
