using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Memory;

namespace Damon.Actors.Hosts;

/// <summary>
/// Who is who in a host: the addresses that its actors send to. Filled while the host is built, never changed while it
/// runs.
/// </summary>
public sealed class HostMap
{
    private readonly Dictionary<MemcgId, ActorRef> _memcgs = [];
    private readonly HashSet<MemcgId> _known = [];
    private readonly List<(string Path, ActorRef Memcg)> _paths = [];
    private readonly string[] _names;
    private readonly Dictionary<string, int> _processes = new(StringComparer.Ordinal);

    internal HostMap(int pageShift, int nrProcesses)
    {
        PageShift = pageShift;
        BasePages = new uint[nrProcesses];
        _names = new string[nrProcesses];
        MemcgOfProcess = new ActorRef[nrProcesses];
    }

    /// <summary>Bits of an address inside a frame.</summary>
    public int PageShift { get; }

    /// <summary>The actor that stands for the host itself.</summary>
    public ActorRef Host { get; internal set; } = null!;

    /// <summary>The host's swap; null: none.</summary>
    public ActorRef? Swap { get; internal set; }

    /// <summary>Who collapses small pages to huge ones; null: nobody.</summary>
    public ActorRef? Khugepaged { get; internal set; }

    /// <summary>Who measures what memory costs; null: nobody.</summary>
    public ActorRef? CostMeter { get; internal set; }

    /// <summary>The nodes by id.</summary>
    public List<NodeEntry> Nodes { get; } = [];

    /// <summary>The kdamonds by index.</summary>
    public List<ActorRef> Kdamonds { get; } = [];

    /// <summary>By process: its first page in the host's numbering; ascending.</summary>
    internal uint[] BasePages { get; }

    /// <summary>By process: the memcg that has it.</summary>
    internal ActorRef[] MemcgOfProcess { get; }

    /// <summary>The memcg's actor, if a goal can know it.</summary>
    public ActorRef? KnownMemcg(MemcgId id) => _known.Contains(id) ? _memcgs[id] : null;

    /// <summary>The node's actor, or null when there is no such node.</summary>
    public ActorRef? Node(NodeId id) => (uint)id.Value < (uint)Nodes.Count ? Nodes[id.Value].Node : null;

    /// <summary>Index of the node that has a physical address, or -1.</summary>
    public int NodeIndexAt(ulong address)
    {
        for (int i = 0; i < Nodes.Count; i++)
        {
            if (Nodes[i].Contains(address)) return i;
        }

        return -1;
    }

    /// <summary>The process that has a page of the host's numbering.</summary>
    public int ProcessOf(uint page)
    {
        int found = Array.BinarySearch(BasePages, page);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>A process's pages in the host's numbering, and those up to the next process's first.</summary>
    internal (uint First, uint End) PagesOf(int process) =>
        (BasePages[process], process + 1 < BasePages.Length ? BasePages[process + 1] : NodeMemory.NoOwner);

    /// <summary>A process and the memcg that has it, by the process's name; null: there is no such process.</summary>
    public ProcessEntry? Process(string name) =>
        _processes.TryGetValue(name, out int index) ? new ProcessEntry(MemcgOfProcess[index], index) : null;

    /// <summary>The name of a process.</summary>
    internal string NameOf(int process) => _names[process];

    internal void AddProcess(string name, int index, ActorRef memcg)
    {
        _processes.Add(name, index);
        _names[index] = name;
        MemcgOfProcess[index] = memcg;
    }

    /// <summary>The memcg at a path and those below it, in the order of the settings.</summary>
    public IEnumerable<ActorRef> MemcgsBelow(string path) =>
        _paths.Where(entry => MemcgSettings.IsBelow(entry.Path, path)).Select(entry => entry.Memcg);

    internal void AddMemcg(MemcgId id, ActorRef memcg, bool isKnown, string path = "/")
    {
        _memcgs.Add(id, memcg);
        _paths.Add((path, memcg));
        if (isKnown) _known.Add(id);
    }

    internal ActorRef Memcg(MemcgId id) => _memcgs[id];

    internal bool HasMemcg(MemcgId id) => _memcgs.ContainsKey(id);
}

/// <summary>A node and the physical addresses that it has.</summary>
/// <param name="Node">Its actor.</param>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">First address after it, bytes.</param>
public readonly record struct NodeEntry(ActorRef Node, ulong Start, ulong End)
{
    /// <summary>Whether the node has an address.</summary>
    public bool Contains(ulong address) => address - Start < End - Start;
}

/// <summary>A process and who knows its address space.</summary>
/// <param name="Memcg">The memcg that has it.</param>
/// <param name="Index">Its index in the host.</param>
public readonly record struct ProcessEntry(ActorRef Memcg, int Index);
