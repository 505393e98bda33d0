using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Model.Workloads;

namespace Damon.Scenarios.Tests.Reading;

/// <summary>Values that are drawn for each host: from the distribution that is named, by seed, host and path alone.</summary>
public sealed class DrawTests
{
    private const int Hosts = 400;
    private const double MiB = 1 << 20;

    [Fact]
    public void Uniform_covers_its_range_evenly()
    {
        double[] sizes = Sizes("{ draw = uniform, from = 64 MiB, to = 192 MiB }");

        Assert.All(sizes, size => Assert.InRange(size, 64, 192));
        Assert.All(sizes, size => Assert.Equal(0, size % 2));
        AssertMean(sizes, 128, 128 / Math.Sqrt(12));
        Assert.InRange(sizes.Count(size => size < 96), Hosts / 4 - 35, Hosts / 4 + 35);
    }

    [Fact]
    public void Normal_has_its_mean_and_deviation()
    {
        double[] sizes = Sizes("{ draw = normal, mean = 128 MiB, sd = 16 MiB }");

        AssertMean(sizes, 128, 16);
        Assert.InRange(sizes.Count(size => Math.Abs(size - 128) < 16) / (double)Hosts, 0.61, 0.76);
    }

    [Fact]
    public void Half_of_lognormal_is_below_its_median_and_a_sixth_a_sigma_above()
    {
        double[] sizes = Sizes("{ draw = lognormal, median = 64 MiB, sigma = 0.7, from = 2 MiB, to = 900 MiB }");

        Assert.InRange(sizes.Count(size => size < 64) / (double)Hosts, 0.43, 0.57);
        Assert.InRange(sizes.Count(size => size > 64 * Math.Exp(0.7)) / (double)Hosts, 0.11, 0.21);
    }

    [Fact]
    public void Exponential_has_its_mean_and_no_memory()
    {
        double[] sizes = Sizes("{ draw = exponential, mean = 64 MiB, step = 4 KiB }");

        AssertMean(sizes, 64, 64);
        Assert.InRange(sizes.Count(size => size > 64) / (double)Hosts, Math.Exp(-1) - 0.08, Math.Exp(-1) + 0.08);
    }

    [Fact]
    public void Zipf_likes_its_first_values()
    {
        double[] sizes = Sizes("{ draw = zipf, from = 10 MiB, to = 40 MiB, steps = 4, exponent = 1 }");

        // 1, 1/2, 1/3 and 1/4 of 25/12.
        Assert.Equal([10, 20, 30, 40], sizes.Distinct().Order());
        Assert.InRange(sizes.Count(size => size == 10) / (double)Hosts, 0.48 - 0.08, 0.48 + 0.08);
        Assert.InRange(sizes.Count(size => size == 40) / (double)Hosts, 0.12 - 0.06, 0.12 + 0.06);
    }

    [Fact]
    public void A_choice_is_of_anything_by_weight()
    {
        Scenario scenario = Read("""
            { draw = choice, weights = [ 3, 1 ], values = [
              { kind = uniform, size = 8 MiB }
              { kind = zipf, size = { draw = uniform, from = 32 MiB, to = 64 MiB } } ] }
            """);
        double[] sizes = SizesOf(scenario);

        Assert.InRange(sizes.Count(size => size == 8) / (double)Hosts, 0.75 - 0.08, 0.75 + 0.08);
        Assert.All(sizes.Where(size => size != 8), size => Assert.InRange(size, 32, 64));
        Assert.All(scenario.Hosts, host => Assert.Equal(host.Settings.Processes[0].NrPages == 8 * MiB / 4096 ? 1 : 12, Rules(host) > 1 ? 12 : 1));
    }

    [Fact]
    public void What_is_drawn_follows_from_seed_host_and_path_alone()
    {
        const string Size = "{ draw = uniform, from = 64 MiB, to = 192 MiB }";
        double[] one = SizesOf(Read($"{{ kind = uniform, size = {Size} }}"));

        Assert.Equal(one, SizesOf(Read($"{{ kind = uniform, size = {Size} }}")));
        Assert.Equal(one.Take(10), SizesOf(Read($"{{ kind = uniform, size = {Size} }}", hosts: 10)));
        Assert.NotEqual(one, SizesOf(Read($"{{ kind = uniform, size = {Size} }}", seed: 2)));
        Assert.NotEqual(one, SizesOf(Read($"{{ kind = uniform, size = 64 MiB }}, {{ kind = uniform, size = {Size} }}"), process: 1));
    }

    [Fact]
    public void Durations_ratios_counts_and_numbers_can_be_drawn()
    {
        Scenario scenario = Read("""
            { kind = phased-regions, size = 64 MiB, regions = { draw = uniform, from = 2, to = 5 }
              dwell = { draw = normal, mean = 10 s, sd = 1 s }, phase = { draw = uniform, from = 0 s, to = 1 m }
              write-share = { draw = uniform, from = 10%, to = 90% } }
            { kind = uniform, size = 8 MiB, rate = { draw = uniform, from = 1, to = 2 } }
            """);

        Assert.Equal([2, 3, 4, 5], scenario.Hosts.Select(Regions).Distinct().Order());
        Assert.All(Rates(scenario), rate => Assert.InRange(rate, 1, 2));
        Assert.Equal(Hosts, Rates(scenario).Distinct().Count());
        Assert.True(scenario.Hosts.SelectMany(host => host.Settings.Processes[0].Rules).Select(rule => rule.WritePercent).Distinct().Count() > 40);
    }

    [Theory]
    [InlineData("{ draw = unform, from = 1 MiB, to = 2 MiB }", "draw: found \"unform\", allowed: uniform, normal, lognormal, exponential, zipf, choice; did you mean 'uniform'?")]
    [InlineData("{ draw = uniform, from = 1 MiB }", "draw: found \"uniform\", allowed: what uniform needs: from and to")]
    [InlineData("{ draw = uniform, from = 3 MiB, to = 2 MiB }", "to: found \"2 MiB\", allowed: not less than from")]
    [InlineData("{ draw = uniform, from = 1 B, to = 2 MiB }", "from: found \"1 B\", allowed: 4 KiB..64 TiB")]
    [InlineData("{ draw = uniform, from = 5 s, to = 6 s }", "from: found \"5 s\", allowed: a number with a unit of B, kB")]
    [InlineData("{ draw = uniform, from = 1 MiB, to = 2 MiB, too = 2 MiB }", "too: unknown key, did you mean 'to'?")]
    [InlineData("{ draw = normal, mean = 1 MiB }", "draw: found \"normal\", allowed: what normal needs: mean and sd")]
    [InlineData("{ draw = choice, values = [] }", "values: found an array, allowed: at least one value")]
    [InlineData("{ draw = choice, values = [ 1 MiB, 2 MiB ], weights = [ 1 ] }", "weights: found an array, allowed: as many weights as values, 2, of which one at least is above 0")]
    [InlineData("{ draw = choice, values = [ nothing ] }", "size.values[0]: found \"nothing\", allowed: a number with a unit of B")]
    [InlineData("{ draw = uniform, from = 4 GiB, to = 5 GiB }", ".size of host: found \"4")]
    public void Draws_that_make_no_sense_are_refused(string size, string said)
    {
        string message = Small.Error($"machine.nodes = [ {{ size = 1 GiB }} ]\ncgroups.\"/a\".workloads = [ {{ kind = uniform, size = {size} }} ]");

        Assert.StartsWith("test.conf:2:", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.seed = { draw = uniform, from = 1, to = 5 }", "run.seed: found an object, allowed: a value: only what a host consists of can be drawn")]
    [InlineData("hosts.web.count = { draw = uniform, from = 1, to = 5 }", "hosts.web.count: found an object, allowed: a value: only what a host consists of can be drawn")]
    public void Only_what_hosts_consist_of_is_drawn(string text, string said) =>
        Assert.Contains(said, Small.Error(Small.Text + text), StringComparison.Ordinal);

    private static double[] Sizes(string size) => SizesOf(Read($"{{ kind = uniform, size = {size} }}"));

    private static Scenario Read(string workloads, int hosts = Hosts, int seed = 1) => Small.ReadAlone(string.Create(CultureInfo.InvariantCulture, $$"""
        run.seed = {{seed}}
        machine.nodes = [ { size = 2 GiB } ]
        hosts.web { count = {{hosts}}, cgroups."/a".workloads = [ {{workloads}} ] }
        """));

    private static double[] SizesOf(Scenario scenario, int process = 0) =>
        [.. scenario.Hosts.Select(host => host.Settings.Processes[process].NrPages * 4096 / MiB)];

    private static int Rules(HostPlan host) => host.Settings.Processes[0].Rules.Length;

    private static int Regions(HostPlan host) => host.Settings.Processes[0].Rules.Select(rule => rule.Pages.First).Distinct().Count();

    private static double[] Rates(Scenario scenario) =>
        [.. scenario.Hosts.Select(host => host.Settings.Processes[1].Rules.OfType<PoissonRule>().Single().TouchesPerSecond)];

    /// <summary>Within four standard errors.</summary>
    private static void AssertMean(double[] values, double mean, double sd)
    {
        double error = sd / Math.Sqrt(values.Length);
        Assert.InRange(values.Average(), mean - (4 * error), mean + (4 * error));
    }
}
