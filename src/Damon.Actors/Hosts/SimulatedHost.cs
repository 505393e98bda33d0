using System.Collections.Immutable;
using Damon.Actors.Costs;
using Damon.Actors.Kdamonds;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Snapshots;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Hosts;

/// <summary>
/// A whole simulated host: a world with its actors, run by one thread at a time. Everything that runs hosts runs them
/// through this.
/// </summary>
public sealed class SimulatedHost
{
    // Processes begin at multiples of this in the host's page numbering, so that none shares a granule with another.
    private const uint PageGranule = 512;

    private readonly HostSettings _settings;
    private readonly HostMap _map;
    private ActorRef? _snapshots;

    /// <summary>Builds the host; its clock stands at 0.</summary>
    /// <exception cref="ArgumentException">The settings do not fit together; see <see cref="HostValidation"/>.</exception>
    public SimulatedHost(HostSettings settings)
    {
        if (HostValidation.Validate(settings) is { } error) throw new ArgumentException(error, nameof(settings));
        _settings = settings;
        settings.Costs.Memory?.Validate();
        settings.Swap?.Validate();
        _map = new HostMap(settings.PageShift, settings.Processes.Length);
        World = new World(settings.Name, settings.Seed);
        _map.Host = World.Spawn(Props.Create(() => new Host(settings, _map)), "host");
        NumberPages();
        SpawnNodes();
        SpawnMemcgs();
        for (int i = 0; i < settings.Kdamonds.Length; i++)
        {
            int index = i;
            _map.Kdamonds.Add(World.Spawn(Props.Create(() => new Kdamond(index, settings, _map)), $"kdamond-{index}"));
        }

        SpawnCosts();
        SpawnFeeders();
        if (settings.Thp is { Enabled: not HugePagePolicy.Never } && !settings.Processes.IsEmpty)
            _map.Khugepaged = World.Spawn(Props.Create(() => new Khugepaged(settings, _map)), "khugepaged");
    }

    /// <summary>The host's name.</summary>
    public string Name => _settings.Name;

    /// <summary>Virtual time, us.</summary>
    public ulong NowUs => (ulong)World.Now.Microseconds;

    /// <summary>The world of the host's actors.</summary>
    public World World { get; }

    /// <summary>Who is who.</summary>
    public HostMap Map => _map;

    /// <summary>A 64-bit hash of the whole state: kdamonds, schemes, nodes, and where each page is.</summary>
    public ulong StateHash
    {
        get
        {
            StateHash hash = new();
            foreach (ActorRef kdamond in _map.Kdamonds) hash.Add(kdamond.Ask<HashKdamond, ulong>(default));
            foreach (NodeEntry node in _map.Nodes) hash.Add(node.Node.Ask<ReadNodeUsage, NodeUsage>(default));
            hash.Add(PlacementHash());
            if (_map.Khugepaged is { } khugepaged) hash.Add(khugepaged.Ask<HashKhugepaged, ulong>(default));
            if (_map.CostMeter is not null) hash.Add(_map.Host.Ask<ReadPsi, ulong>(default));
            return hash.Value;
        }
    }

    /// <summary>
    /// Makes the host anew from a snapshot: it goes on to the same bits as the host that was saved. Observers from outside of its world
    /// are not in snapshots.
    /// </summary>
    /// <param name="stream">Where the snapshot begins.</param>
    /// <param name="settings">The settings of the host that was saved.</param>
    /// <exception cref="SnapshotException">It is damaged, cut off, by another build, or of a host with other settings.</exception>
    public static SimulatedHost Load(Stream stream, HostSettings settings)
    {
        SimulatedHost host = HostSnapshot.Read(stream, settings);
        new MemoryFolding(host._map).Unfold();
        return host;
    }

    /// <summary>Writes a snapshot: the state of all actors, what is under way between them, timers, and random streams. The host may run on.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="SnapshotException">The world has stopped or is running, or holds an actor that cannot be stored.</exception>
    public void Save(Stream stream)
    {
        if (World.WhyNoSnapshot() is { } reason) throw new SnapshotException(reason);
        MemoryFolding folding = new(_map);
        folding.Fold();
        try
        {
            HostSnapshot.Write(this, _settings, stream);
        }
        finally
        {
            folding.End();
        }
    }

    /// <summary>Runs until a virtual time.</summary>
    /// <exception cref="WorldFailedException">An actor failed.</exception>
    public void RunUntil(ulong us) => World.RunUntil(VirtualTime.FromMicroseconds((long)us));

    /// <summary>Carries out an event now, besides those of the settings; a request to a kdamond waits for its next look.</summary>
    /// <param name="event">The event; its time is that of the host's clock.</param>
    public void CarryOut(HostEvent @event) => _map.Host.Ask<CarryOut, Done>(new CarryOut(@event));

    /// <summary>Reads what a user could read of the host now.</summary>
    public HostSample Sample() => new(
        NowUs,
        [.. _map.Nodes.Select(SampleNode)],
        [.. _settings.Memcgs.Select(SampleMemcg)],
        [.. _map.Kdamonds.Select((kdamond, i) => kdamond.Ask<ReadKdamond, KdamondSample>(default) with { Regions = Snapshot(i) })])
    {
        PsiTotalUs = _map.Host.Ask<ReadPsi, ulong>(default),
        Costs = _map.CostMeter?.Ask<ReadCosts, CostReading>(default),
        SwapUsedBytes = _map.Swap?.Ask<ReadSwapUsed, ulong>(default) ?? 0,
        HugePages = _settings.Thp is null ? [] : [.. Enumerable.Range(0, _settings.Processes.Length).Select(SampleHugePages)],
    };

    /// <summary>From now on readings hold the regions of the kdamonds at their last aggregations.</summary>
    public void KeepSnapshots()
    {
        if (_snapshots is not null) return;
        _snapshots = World.Spawn(Props.Create(() => new SnapshotKeeper(_map.Kdamonds.Count)), "snapshots");
        foreach (ActorRef kdamond in _map.Kdamonds) kdamond.Ask<Observe, Done>(new Observe(_snapshots));
    }

    /// <summary>How many folios in a range of a process's pages are on each node.</summary>
    public IReadOnlyList<uint> FoliosByNode(int process, uint firstPage, uint count) =>
        _map.MemcgOfProcess[process].Ask<ReadPlaces, IReadOnlyList<uint>>(new ReadPlaces(process, firstPage, count));

    /// <summary>How often folios of a process moved since <see cref="ForgetMoves"/>, if its settings say that this is followed.</summary>
    public ProcessMoves Moves(int process) =>
        _map.MemcgOfProcess[process].Ask<ReadMoves, ProcessMoves>(new ReadMoves(process));

    /// <summary>What moved from and to its nodes so far; null: nothing is measured, as memory costs nothing.</summary>
    public NodeTraffic? ReadTraffic() => _map.CostMeter?.Ask<ReadNodeTraffic, NodeTraffic>(default);

    /// <summary>Counts the moves of all folios from 0 on.</summary>
    public void ForgetMoves()
    {
        foreach (ActorRef memcg in _map.MemcgOfProcess) memcg.Ask<ForgetMoves, Done>(default);
    }

    /// <summary>FNV-1a over the frame of each page of each process.</summary>
    public ulong PlacementHash()
    {
        ulong hash = 0xcbf29ce484222325;
        for (int i = 0; i < _settings.Processes.Length; i++)
            hash = _map.MemcgOfProcess[i].Ask<HashPlacement, ulong>(new HashPlacement(i, hash));
        return hash;
    }

    private ImmutableArray<RegionSample> Snapshot(int kdamond) =>
        _snapshots?.Ask<ReadSnapshot, ImmutableArray<RegionSample>>(new ReadSnapshot(kdamond)) ?? [];

    private ulong PageBytes => 1UL << _settings.PageShift;

    private NodeSample SampleNode(NodeEntry entry)
    {
        NodeUsage usage = entry.Node.Ask<ReadNodeUsage, NodeUsage>(default);
        return new NodeSample(
            (usage.Total - usage.Free) * PageBytes,
            usage.Free * PageBytes,
            usage.MigratedIn * PageBytes,
            usage.MigratedOut * PageBytes,
            usage.Reclaimed * PageBytes)
        {
            ActiveBytes = usage.ActiveLru * PageBytes,
            InactiveBytes = usage.InactiveLru * PageBytes,
        };
    }

    private HugePageSample SampleHugePages(int process)
    {
        HugePageUse use = _map.MemcgOfProcess[process].Ask<ReadHugePages, HugePageUse>(new ReadHugePages(process));
        return new HugePageSample(use.ResidentPages * PageBytes, use.TouchedPages * PageBytes, use.HugePages * PageBytes, use.Counts);
    }

    private MemcgSample SampleMemcg(MemcgSettings settings)
    {
        MemcgUsage[] usages = new MemcgUsage[_map.Nodes.Count];
        for (int i = 0; i < usages.Length; i++)
            usages[i] = _map.Memcg(settings.Id).Ask<ReadUsageOnNode, MemcgUsage>(new ReadUsageOnNode(new NodeId(i)));
        return new MemcgSample(
            [.. usages.Select(usage => usage.Lru * PageBytes)], [.. usages.Select(usage => usage.Resident * PageBytes)]);
    }

    /// <summary>Gives each page of each process a number in the host.</summary>
    private void NumberPages()
    {
        ulong next = 0;
        for (int i = 0; i < _settings.Processes.Length; i++)
        {
            _map.BasePages[i] = checked((uint)next);
            next += (Math.Max(1UL, _settings.Processes[i].NrPages) + PageGranule - 1) / PageGranule * PageGranule;
        }

        if (next > uint.MaxValue) throw new ArgumentException($"the host's processes have {next} pages; 2^32 is the most");
    }

    private void SpawnNodes()
    {
        for (int i = 0; i < _settings.Nodes.Length; i++)
        {
            NodeId id = new(i);
            NodeSettings node = _settings.Nodes[i];
            ActorRef actor = World.Spawn(Props.Create(() => new NumaNode(id, _settings, _map)), $"node-{i}");
            _map.Nodes.Add(new NodeEntry(
                actor, node.StartPfn << _settings.PageShift, (node.StartPfn + node.NrPages) << _settings.PageShift));
        }
    }

    private void SpawnCosts()
    {
        if (_settings.Swap is { } swap) _map.Swap = World.Spawn(Props.Create(() => new SwapDevice(swap)), "swap");
        if (_settings.EffectiveMemoryCosts is { } costs)
            _map.CostMeter = World.Spawn(Props.Create(() => new CostMeter(_settings, _map, costs)), "cost-meter");
    }

    private void SpawnFeeders()
    {
        for (int i = 0; i < _settings.Feeds.Length; i++)
        {
            FeedSettings feed = _settings.Feeds[i];
            int tenant = 0;
            while (_settings.Memcgs[tenant].Id != feed.Memcg) tenant++;
            World.Spawn(Props.Create(() => new GoalFeeder(feed, tenant, _map)), $"goal-feeder-{i}");
        }
    }

    /// <summary>Spawns the cgroups of the settings, and those that only processes name, which goals do not know.</summary>
    private void SpawnMemcgs()
    {
        foreach (MemcgSettings memcg in _settings.Memcgs) SpawnMemcg(memcg.Id, isKnown: true, memcg.Path);
        foreach (ProcessSettings process in _settings.Processes)
        {
            if (!_map.HasMemcg(process.Memcg)) SpawnMemcg(process.Memcg, isKnown: false, path: "/");
        }

        for (int i = 0; i < _settings.Processes.Length; i++)
            _map.AddProcess(_settings.Processes[i].Name, i, _map.Memcg(_settings.Processes[i].Memcg));
    }

    private void SpawnMemcg(MemcgId id, bool isKnown, string path)
    {
        ActorRef actor = World.Spawn(Props.Create(() => new Memcg(id, _settings, _map)), $"memcg-{id}");
        _map.AddMemcg(id, actor, isKnown, path);
    }
}
