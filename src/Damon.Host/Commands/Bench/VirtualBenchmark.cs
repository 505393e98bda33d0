using Damon.Hocon;
using Damon.Scenarios;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Running;

namespace Damon.Host.Commands.Bench;

/// <summary>How fast a host with a monitored process is simulated.</summary>
/// <param name="Name">What is simulated.</param>
/// <param name="VirtualSeconds">How long, s of virtual time.</param>
/// <param name="CpuSeconds">What it took without the set-up, CPU s.</param>
internal sealed record VirtualRate(string Name, double VirtualSeconds, double CpuSeconds)
{
    /// <summary>The speed.</summary>
    public double PerCpuSecond => VirtualSeconds / CpuSeconds;
}

/// <summary>
/// The speed of <c>vaddr</c>: a process of 10 GiB, of which a tenth is hot, in pages of 4 KiB, monitored with damo's defaults;
/// alone, and with a scheme that deals the hot tenth out over two nodes each second.
/// </summary>
internal static class VirtualBenchmark
{
    private const int Seconds = 200;
    private const string Dealing = " --damos_action migrate_hot 0 11 1 9 --damos_access_rate 50% max --damos_apply_interval 1s";

    /// <summary>Runs both.</summary>
    /// <param name="cpuTime">CPU time of the process so far.</param>
    public static IEnumerable<VirtualRate> Run(Func<TimeSpan> cpuTime)
    {
        yield return Run("monitoring alone", "", cpuTime);
        yield return Run("with migrate_hot 0 11 1 9 each second", Dealing, cpuTime);
    }

    /// <summary>The set-up's time is that of a run that ends as soon as it has begun.</summary>
    private static VirtualRate Run(string name, string scheme, Func<TimeSpan> cpuTime)
    {
        double setUp = CpuSeconds(Read(scheme, "1 ms"), cpuTime);
        double whole = CpuSeconds(Read(scheme, $"{Seconds} s"), cpuTime);
        return new VirtualRate(name, Seconds, Math.Max(whole - setUp, 1e-3));
    }

    private static double CpuSeconds(Scenario scenario, Func<TimeSpan> cpuTime)
    {
        TimeSpan before = cpuTime();
        HostOutcome outcome = new ScenarioRun(scenario).Run(1)[0];
        return outcome.Failure is null ? (cpuTime() - before).TotalSeconds : throw new InvalidOperationException(outcome.Failure);
    }

    private static Scenario Read(string scheme, string duration) => ScenarioReader.Read(
        HoconDocument.Parse(
            $$"""
            run { duration = {{duration}}, sample-interval = 5 s }
            cgroups."/app".workloads = [
              { kind = heat-bands, pid = 100, size = 10 GiB, bands = [ { size = 1 GiB, period = 4 ms } ] }
            ]
            damo = "damo start --ops vaddr --target_pid 100{{scheme}}"
            """,
            "bench vaddr"),
        "bench vaddr",
        RunOverrides.None);
}
