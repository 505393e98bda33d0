using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon.Reading;
using Damon.Model;

namespace Damon.Scenarios.Staging;

/// <summary>What the words of a damo command can name on a host: its nodes and memory cgroups, and the processes.</summary>
/// <param name="NrNodes">How many nodes the host has.</param>
/// <param name="Cgroups">Paths of the memory cgroups; the n-th has the id n + 1.</param>
/// <param name="Processes">The processes.</param>
internal sealed record HostNames(int NrNodes, ImmutableArray<string> Cgroups, ImmutableArray<ProcessName> Processes)
{
    /// <summary>The name of the process with an id.</summary>
    /// <exception cref="StagingException">There is no such process.</exception>
    public string Process(ulong pid, string whose)
    {
        if (Processes.FirstOrDefault(process => process.Pid == pid) is { } found) return found.Name;
        string[] pids = [.. Processes.Where(process => process.Pid is not null).Select(process =>
            string.Create(CultureInfo.InvariantCulture, $"{process.Pid} ({process.Name})"))];
        string allowed = pids.Length == 0 ? "none, as no workload of the host has a pid" : string.Join(", ", pids);
        throw new StagingException(string.Create(
            CultureInfo.InvariantCulture, $"{whose} has the target process {pid}, which the host does not have, allowed: {allowed}"));
    }

    /// <summary>The id of a cgroup.</summary>
    /// <exception cref="StagingException">There is no such cgroup.</exception>
    public MemcgId Memcg(string? path, string whose)
    {
        if (path is null) throw new StagingException($"{whose} names no memory cgroup, allowed: {Allowed}");
        int index = Cgroups.IndexOf(path);
        if (index >= 0) return IdOf(index);
        string hint = NearestName.Find(path, Cgroups) is { } nearest ? $"; did you mean '{nearest}'?" : "";
        throw new StagingException($"{whose} names the memory cgroup \"{path}\", which the host does not have, allowed: {Allowed}{hint}");
    }

    /// <summary>A node.</summary>
    /// <exception cref="StagingException">There is no such node.</exception>
    public NodeId Node(Int128 node, string whose)
    {
        if (node >= 0 && node < NrNodes) return new NodeId((int)node);
        throw new StagingException(string.Create(
            CultureInfo.InvariantCulture, $"{whose} names node {node}, which the host does not have, allowed: 0..{NrNodes - 1}"));
    }

    /// <summary>The id of the n-th cgroup.</summary>
    public static MemcgId IdOf(int index) => new((ulong)index + 1);

    private string Allowed => Cgroups.IsEmpty ? "none, as the host has no cgroups" : string.Join(", ", Cgroups);
}

/// <summary>What a process is called.</summary>
/// <param name="Name">Its name, unique in the host.</param>
/// <param name="Pid">The id by which damo names it; null: damo cannot.</param>
internal sealed record ProcessName(string Name, ulong? Pid);

/// <summary>A configuration that the simulated kernel cannot take; the message is one sentence.</summary>
internal sealed class StagingException(string message) : Exception(message)
{
    /// <summary>The path of what is at fault below damo's kdamonds, such as <c>[0].contexts[0].schemes[1]</c>; null: not known.</summary>
    public string? Place { get; init; }
}
