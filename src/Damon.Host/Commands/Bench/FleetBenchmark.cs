using System.Diagnostics;
using Damon.Scenarios;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Reading;

namespace Damon.Host.Commands.Bench;

/// <summary>How fast a fleet is simulated in one process, and what its hosts take of memory.</summary>
/// <param name="Name">The scenario's name.</param>
/// <param name="Hosts">How many hosts it has.</param>
/// <param name="HostSeconds">Virtual time of all hosts together, s.</param>
/// <param name="OneThread">With one thread.</param>
/// <param name="TwoThreads">With two.</param>
/// <param name="BytesPerHost">What a host takes between two windows, bytes: the managed heap with all hosts there, without what the scenario itself takes.</param>
/// <param name="IsEqual">Whether both runs had the same digest.</param>
internal sealed record FleetRate(
    string Name, int Hosts, double HostSeconds, FleetTiming OneThread, FleetTiming TwoThreads, long BytesPerHost, bool IsEqual)
{
    /// <summary>How many times as fast two threads are as one.</summary>
    public double Scaling => OneThread.Seconds / TwoThreads.Seconds;
}

/// <summary>What a window of a fleet took, or all of them.</summary>
/// <param name="Seconds">By the clock, s.</param>
/// <param name="CpuSeconds">Of processor time, s.</param>
internal sealed record FleetTiming(double Seconds, double CpuSeconds)
{
    /// <summary>What all windows took.</summary>
    public static FleetTiming Sum(IEnumerable<FleetTiming?> windows) => windows.Aggregate(
        new FleetTiming(0, 0), (sum, one) => new(sum.Seconds + one!.Seconds, sum.CpuSeconds + one.CpuSeconds));
}

/// <summary>
/// Runs a fleet with one thread and with two, which take turns at its windows: one, two, two, one and so on. In the next run those take
/// turns that did not, so that both do each window, and what slows the machine for longer than a window slows both. Of what each takes
/// for a window the better of two counts.
/// </summary>
internal static class FleetBenchmark
{
    private const int Repetitions = 2;

    // Hosts reach what they take of memory, but for growing heaps, within the first windows.
    private const int WindowsBeforeWeighing = 3;

    public static FleetRate Run(string file, Func<TimeSpan> cpuTime)
    {
        Scenario scenario = ScenarioReader.Load(file);
        long bytes = BytesPerHost(scenario);
        HashSet<string> digests = [];
        FleetTiming?[] one = new FleetTiming?[new Fleet(scenario).WindowCount];
        FleetTiming?[] two = new FleetTiming?[one.Length];
        for (int run = 0; run < 2 * Repetitions; run++) digests.Add(Time(scenario, run, one, two, cpuTime));
        double hostSeconds = scenario.Run.DurationUs / 1e6 * scenario.Hosts.Length;
        return new FleetRate(scenario.Run.Name, scenario.Hosts.Length, hostSeconds, FleetTiming.Sum(one), FleetTiming.Sum(two), bytes, digests.Count == 1);
    }

    /// <summary>One run; its digest is returned.</summary>
    private static string Time(Scenario scenario, int run, FleetTiming?[] one, FleetTiming?[] two, Func<TimeSpan> cpuTime)
    {
        FleetRun fleet = new(new Fleet(scenario));
        for (int window = 0; window < one.Length; window++)
        {
            bool isAlone = ((window + 1) / 2 + run) % 2 == 0;
            TimeSpan before = cpuTime();
            Stopwatch watch = Stopwatch.StartNew();
            fleet.RunWindow(window, isAlone ? 1 : 2);
            FleetTiming timing = new(watch.Elapsed.TotalSeconds, (cpuTime() - before).TotalSeconds);
            ref FleetTiming? best = ref (isAlone ? one : two)[window];
            if (best is null || timing.Seconds < best.Seconds) best = timing;
        }

        return fleet.End(2).Digest;
    }

    private static long BytesPerHost(Scenario scenario)
    {
        Fleet fleet = new(scenario);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        FleetMember[] hosts = [.. Enumerable.Range(0, fleet.HostCount).Select(fleet.Member)];
        foreach (FleetMember host in hosts)
        {
            for (int window = 0; window < WindowsBeforeWeighing; window++) host.RunWindow(window, [], []);
        }

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(hosts);
        return taken / hosts.Length;
    }
}
