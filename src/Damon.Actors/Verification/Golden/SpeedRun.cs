using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Verification.Functions;

namespace Damon.Actors.Verification.Golden;

/// <summary>How fast a large recorded case ran, and whether it ended as the kernel's code did.</summary>
/// <param name="Name">The case.</param>
/// <param name="KernelVirtualSecondsPerCpuSecond">What the kernel's own C code reached on the machine of the recording.</param>
/// <param name="SetupCpuSeconds">CPU time to build the host and place its memory.</param>
/// <param name="VirtualSeconds">Virtual time that was simulated.</param>
/// <param name="CpuSeconds">CPU time of the simulation.</param>
/// <param name="BytesPerFolio">What the nodes and page tables keep, bytes by frame of the host.</param>
/// <param name="Difference">Where its end differs; null: all final figures and hashes are equal.</param>
public sealed record SpeedResult(
    string Name,
    double KernelVirtualSecondsPerCpuSecond,
    double SetupCpuSeconds,
    double VirtualSeconds,
    double CpuSeconds,
    double BytesPerFolio,
    Difference? Difference)
{
    /// <summary>The speed.</summary>
    public double VirtualSecondsPerCpuSecond => VirtualSeconds / CpuSeconds;
}

/// <summary>
/// Runs the large cases of a speed file: {"cases": [{"case": ..., "final_...": ...}, ...]}; only their ends were recorded.
/// </summary>
public static class SpeedRun
{
    /// <summary>Runs the cases one after the other.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cpuClock">Tells this process's CPU time.</param>
    public static IEnumerable<SpeedResult> Run(string path, Func<TimeSpan> cpuClock)
    {
        using FileStream stream = File.OpenRead(path);
        using JsonDocument speed = JsonDocument.Parse(stream);
        foreach (JsonElement @case in speed.RootElement.GetProperty("cases").EnumerateArray())
        {
            yield return RunCase(@case, cpuClock);

            // A host's arrays are large: the next one is to find the room of the last.
            GC.Collect();
        }
    }

    private static SpeedResult RunCase(JsonElement golden, Func<TimeSpan> cpuClock)
    {
        HostSettings settings = GoldenHost.Read(golden.GetProperty("case"));
        TimeSpan began = cpuClock();
        SimulatedHost host = new(settings);
        TimeSpan built = cpuClock();
        host.RunUntil(settings.StopAtUs);
        TimeSpan ran = cpuClock();

        FinalState final = new(host, settings);
        final.HoldSchemes(golden.GetProperty("final_schemes"));
        final.HoldMemory(golden.GetProperty("final_mem"));
        final.HoldPlacement(golden.GetProperty("final_place_hash"));
        return new SpeedResult(
            settings.Name,
            golden.GetProperty("virtual_s_per_cpu_s_median").GetDouble(),
            (built - began).TotalSeconds,
            settings.StopAtUs / 1e6,
            (ran - built).TotalSeconds,
            BytesPerFolio(host, settings),
            final.Difference);
    }

    private static double BytesPerFolio(SimulatedHost host, HostSettings settings)
    {
        ulong bytes = 0;
        ulong folios = 0;
        for (int i = 0; i < settings.Nodes.Length; i++)
        {
            bytes += host.Map.Nodes[i].Node.Ask<ReadFootprint, ulong>(default);
            folios += settings.Nodes[i].NrPages;
        }

        foreach (MemcgSettings memcg in settings.Memcgs)
            bytes += host.Map.KnownMemcg(memcg.Id)!.Ask<ReadFootprint, ulong>(default);
        return (double)bytes / folios;
    }
}
