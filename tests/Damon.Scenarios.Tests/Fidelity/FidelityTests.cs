using Damon.Scenarios.Fidelity;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Tests.Fidelity;

/// <summary>The measurements of a real kernel, and what is made of them.</summary>
public sealed class FidelityTests
{
    private static readonly string s_root = FindRoot();

    public static TheoryData<string> Names => [.. Experiments.All.Select(experiment => experiment.Name)];

    [Theory]
    [InlineData("E1, memory on node 0 at first", "a, 42 readings at 5 s: mean", 9.23)]
    [InlineData("E1, memory on node 0 at first", "b, from 300 s on: sd", 2.77)]
    [InlineData("E1, memory on node 1 at first", "b, 42 readings at 5 s: mean", 19.49)]
    [InlineData("E2, temporal", "hot memory on node 0: mean", 52.7)]
    [InlineData("E2, temporal", "period of swings", 2.6)]
    [InlineData("E2, consist", "hot memory on node 0: sd", 16.4)]
    [InlineData("E2, consist", "period of swings", 86)]
    [InlineData("E2, consist", "pulled", 74)]
    [InlineData("E3, failures charged in full", "time to 40% free", 114)]
    [InlineData("E3, failures charged in full", "seconds without progress", 89)]
    [InlineData("E3, 1/4096 of failures charged", "applied until the goal", 200)]
    public void The_figures_are_those_of_the_report_on_the_real_kernel(string name, string figure, double reported)
    {
        Experiment experiment = Experiments.All.Single(one => one.Name == name);
        Trace real = CsvTrace.Read(Path.Combine(s_root, "tests", "Real", experiment.Measured));

        double found = experiment.Figures.Single(one => one.Name == figure).Of(real);

        Assert.Equal(reported, found, Math.Max(0.03 * reported, 0.05));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_experiment_has_its_scenario_with_its_host(string name)
    {
        Experiment experiment = Experiments.All.Single(one => one.Name == name);

        Scenario scenario = ScenarioReader.Load(Path.Combine(s_root, "hocon", "real", experiment.Scenario));

        Assert.Contains(scenario.Hosts, host => host.Settings.Name == experiment.Host);
    }

    [Fact]
    public void A_comparison_has_every_figure_and_a_chart()
    {
        FidelityRun run = new(Path.Combine(s_root, "tests", "Real"), Path.Combine(s_root, "hocon", "real"));
        Experiment[] reclaim = [.. Experiments.All.Where(experiment => experiment.Name.StartsWith("E3", StringComparison.Ordinal))];

        ExperimentComparison[] comparisons = [.. run.Compare(reclaim, seeds: 2)];

        Assert.Equal(reclaim, comparisons.Select(comparison => comparison.Experiment));
        Assert.All(comparisons, comparison => Assert.Equal(comparison.Experiment.Figures.Length, comparison.Figures.Length));
        Assert.All(comparisons, comparison => Assert.All(comparison.Figures, figure => Assert.Equal(2, figure.Simulated.Length)));
        Assert.Contains("free memory of node 0, real", comparisons[0].Chart.ToSvg(), StringComparison.Ordinal);

        // What the ratio is for: the goal is reached, steadily.
        double Mean(int experiment, string figure) => comparisons[experiment].Figures.Single(one => one.Figure.Name == figure).Mean;
        Assert.True(Mean(1, "time to 40% free") < Mean(0, "time to 40% free") / 2);
        Assert.True(Mean(1, "seconds without progress") <= 1);
    }

    [Fact]
    public void A_field_that_is_no_number_is_told_with_its_line()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "t,a\n0,1\n1,x\n");
            Assert.Contains(":3: found 'x'", Assert.Throws<FormatException>(() => CsvTrace.Read(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Damon.Actors.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"no Damon.Actors.sln above {AppContext.BaseDirectory}");
    }
}
