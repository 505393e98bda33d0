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

/// <summary>What a run of a fleet took.</summary>
/// <param name="Seconds">By the clock, s.</param>
/// <param name="CpuSeconds">Of processor time, s.</param>
internal sealed record FleetTiming(double Seconds, double CpuSeconds);

/// <summary>Runs fleets with one thread and with two, in turns, and takes the better of two runs of each.</summary>
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
        FleetTiming[] best = [new(double.MaxValue, 0), new(double.MaxValue, 0)];
        for (int i = 0; i < Repetitions * best.Length; i++)
        {
            int threads = 1 + (i % best.Length);
            (FleetTiming timing, string digest) = Time(scenario, threads, cpuTime);
            digests.Add(digest);
            if (timing.Seconds < best[threads - 1].Seconds) best[threads - 1] = timing;
        }

        double hostSeconds = scenario.Run.DurationUs / 1e6 * scenario.Hosts.Length;
        return new FleetRate(scenario.Run.Name, scenario.Hosts.Length, hostSeconds, best[0], best[1], bytes, digests.Count == 1);
    }

    private static (FleetTiming Timing, string Digest) Time(Scenario scenario, int threads, Func<TimeSpan> cpuTime)
    {
        TimeSpan before = cpuTime();
        Stopwatch watch = Stopwatch.StartNew();
        FleetOutcome outcome = new FleetRun(new Fleet(scenario)).Run(threads);
        return (new FleetTiming(watch.Elapsed.TotalSeconds, (cpuTime() - before).TotalSeconds), outcome.Digest);
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
