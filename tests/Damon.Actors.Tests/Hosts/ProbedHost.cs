using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using Damon.Model;

namespace Damon.Actors.Tests.Hosts;

/// <summary>
/// A host whose actors are probes: two nodes of 16 frames with a hole of 16 between, two processes of 8 pages in one cgroup. A
/// test puts the actor that it is about in the place of one of them.
/// </summary>
internal sealed class ProbedHost
{
    public const ulong Page = 4096;
    public const ulong FramesPerNode = 16;

    /// <summary>First frame of node 1.</summary>
    public const ulong FirstPfnOfNode1 = 2 * FramesPerNode;

    /// <summary>First page of process 1 in the host's numbering.</summary>
    public const uint BasePageOfProcess1 = 512;

    public static readonly MemcgId MemcgId = new(7);

    public ProbedHost()
    {
        Map = new HostMap(pageShift: 12, nrProcesses: 2);
        Host = World.CreateProbe("host");
        Map.Host = Host.Ref;
        Nodes = [World.CreateProbe("node-0"), World.CreateProbe("node-1")];
        for (int i = 0; i < Nodes.Length; i++) PutNode(i, Nodes[i].Ref);
        Memcg = World.CreateProbe("memcg-7");
        Map.AddMemcg(MemcgId, Memcg.Ref, isKnown: true);
        Array.Fill(Map.MemcgOfProcess, Memcg.Ref);
        Map.BasePages[1] = BasePageOfProcess1;
    }

    public TestWorld World { get; } = new();

    public HostMap Map { get; }

    public TestProbe Host { get; }

    public TestProbe[] Nodes { get; }

    public TestProbe Memcg { get; }

    /// <summary>What was logged by <see cref="Reply"/>: microseconds, who, what.</summary>
    public List<(long Us, string Who, object Request)> Asked { get; } = [];

    public HostSettings Settings { get; init; } = new()
    {
        Name = "test",
        Nodes = [new NodeSettings(0, FramesPerNode), new NodeSettings(FirstPfnOfNode1, FramesPerNode)],
        Memcgs = [new MemcgSettings(MemcgId, "/tenant")],
        Processes =
        [
            new ProcessSettings { Name = "first", NrPages = 8, Memcg = MemcgId },
            new ProcessSettings { Name = "second", NrPages = 8, Memcg = MemcgId },
        ],
    };

    /// <summary>Puts an actor in the place of a node.</summary>
    public void PutNode(int index, ActorRef actor)
    {
        ulong start = (ulong)index * FirstPfnOfNode1 * Page;
        NodeEntry entry = new(actor, start, start + (FramesPerNode * Page));
        if (index < Map.Nodes.Count) Map.Nodes[index] = entry;
        else Map.Nodes.Add(entry);
    }

    /// <summary>Prepares a probe's reply and logs when it is asked.</summary>
    public void Reply<TRequest, TReply>(TestProbe probe, Func<TRequest, TReply> reply)
        where TRequest : struct => probe.Respond<TRequest, TReply>(request =>
    {
        Asked.Add((World.Now.Microseconds, probe.Ref.Path, request));
        return reply(request);
    });

    /// <summary>Prepares the same reply of both nodes.</summary>
    public void ReplyOfNodes<TRequest, TReply>(Func<TRequest, TReply> reply)
        where TRequest : struct
    {
        foreach (var node in Nodes) Reply(node, reply);
    }

    /// <summary>Who was asked what, in order, such as <c>/node-0 WalkFolios</c>; forgotten afterwards.</summary>
    public string[] TakeAsked()
    {
        string[] taken = [.. Asked.Select(one => $"{one.Who} {one.Request.GetType().Name}")];
        Asked.Clear();
        return taken;
    }

    public static NodeUsage Usage(ulong free, ulong active = 0, ulong inactive = 0) =>
        new(FramesPerNode, free, active, inactive, MigratedIn: 0, MigratedOut: 0, Reclaimed: 0);
}
