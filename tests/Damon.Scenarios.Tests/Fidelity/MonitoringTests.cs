using Damon.Scenarios.Fidelity;

namespace Damon.Scenarios.Tests.Fidelity;

/// <summary>E4: what a kdamond of vaddr sees of a process whose heat is known, beside what a real one saw.</summary>
public sealed class MonitoringTests
{
    [Fact]
    public void A_process_is_seen_as_by_a_real_kernel()
    {
        FidelityRun run = new(Path.Combine(AppContext.BaseDirectory, "Real"), Path.Combine(AppContext.BaseDirectory, "hocon", "real"));
        Experiment experiment = Experiments.All.Single(one => one.Scenario == "e4-monitoring.conf");
        Dictionary<string, FigureComparison> figures =
            Assert.Single(run.Compare([experiment], 2)).Figures.ToDictionary(figure => figure.Figure.Name);

        double Mean(string name) => figures[name].Mean;
        double Real(string name) => figures[name].Real;
        Assert.Equal(20.02, Real("bytes seen as hot: mean"), 0.01);
        Assert.InRange(Mean("bytes seen as hot: mean"), 20 * 0.99, 20 * 1.01);
        double spread = Real("rate of the warm memory: sd");
        Assert.InRange(Mean("rate of the warm memory: mean") - Real("rate of the warm memory: mean"), -spread, spread);
        Assert.InRange(Mean("regions: least"), 12, 20);
        Assert.InRange(Mean("regions: most"), 12, 20);
    }
}
