using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Model.Costs;

namespace Damon.Actors.Costs;

/// <summary>
/// Measures a host window by window: the traffic of its nodes, and from it what an access takes each tenant. Reading it
/// changes nothing, so it does not matter how often anybody does.
/// </summary>
/// <remarks>Sums go by process, then rule, then node, and are of whole numbers.</remarks>
public sealed class CostMeter : Actor,
    IReceive<CloseWindow>,
    IRespond<ReadCosts, CostReading>,
    IRespond<ReadNodeTraffic, NodeTraffic>
{
    private readonly HostSettings _settings;
    private readonly HostMap _map;
    private readonly MemoryCosts _costs;
    private readonly UInt128[][] _accesses;
    private readonly MemoryTraffic[] _traffic;
    private readonly WalkTime[] _walks;
    private readonly ulong[] _stallNsBefore;
    private readonly ulong[] _movedBytesBefore;
    private readonly ulong[] _bytes;
    private readonly UInt128[] _accessesOfTenant;
    private ImmutableArray<NodeLoadSample> _nodes;
    private ImmutableArray<TenantLoad> _loads;
    private ImmutableArray<WalkSample> _walkSamples;
    private long _windowStartUs;
    private long _windowLengthUs;

    /// <summary>A meter that has measured nothing.</summary>
    public CostMeter(HostSettings settings, HostMap map, MemoryCosts costs)
    {
        _settings = settings;
        _map = map;
        _costs = costs;
        int nodes = settings.Nodes.Length;
        _accesses = [.. settings.Processes.Select(_ => new UInt128[nodes])];
        _traffic = [.. settings.Processes.Select(_ => new MemoryTraffic())];
        _walks = new WalkTime[settings.Processes.Length];
        _walkSamples = costs.Tlb is null ? [] : [.. settings.Processes.Select(_ => new WalkSample(0, 0))];
        _stallNsBefore = new ulong[settings.Memcgs.Length];
        _movedBytesBefore = new ulong[nodes];
        _bytes = new ulong[nodes];
        _accessesOfTenant = new UInt128[nodes];
        _nodes = [.. Enumerable.Range(0, nodes).Select(node => new NodeLoadSample(0, costs.TierOf(node).IdleLoadNs))];
        _loads = [.. settings.Memcgs.Select(_ => default(TenantLoad))];
    }

    private long NowUs => Context.Now.Microseconds;

    /// <inheritdoc/>
    public void Receive(in CloseWindow message)
    {
        // A window that nothing of virtual time has passed in shows nothing: the meter was late, and this is the next of its turns.
        if (NowUs == _windowStartUs) return;
        ReadProcesses(_windowStartUs);
        _nodes = [.. Enumerable.Range(0, _settings.Nodes.Length).Select(MeasureNode)];
        _loads = [.. Enumerable.Range(0, _settings.Memcgs.Length).Select(MeasureTenant)];
        _walkSamples = _costs.Tlb is null ? [] : [.. Enumerable.Range(0, _settings.Processes.Length).Select(MeasureWalks)];
        _windowLengthUs = NowUs - _windowStartUs;
        _windowStartUs = NowUs;
    }

    /// <inheritdoc/>
    public CostReading Respond(in ReadCosts request)
    {
        ReadProcesses(NowUs);
        return new CostReading(_nodes, [.. Enumerable.Range(0, _settings.Memcgs.Length).Select(Tenant)]) { Walks = _walkSamples };
    }

    /// <inheritdoc/>
    public NodeTraffic Respond(in ReadNodeTraffic request) => new([.. _bytes], (ulong)_windowStartUs);

    /// <inheritdoc/>
    protected override void OnStart() =>
        Context.StartPeriodicTimer("window", default(CloseWindow), VirtualDuration.FromMicroseconds(_costs.WindowUs));

    private void ReadProcesses(long fromUs)
    {
        for (int process = 0; process < _settings.Processes.Length; process++)
        {
            Array.Clear(_accesses[process]);
            ProcessUse use = _map.MemcgOfProcess[process].Ask<ReadProcessUse, ProcessUse>(
                new ReadProcessUse(process, fromUs, NowUs, _accesses[process]));
            (_traffic[process], _walks[process]) = (use.Traffic, use.Walks);
        }
    }

    private NodeLoadSample MeasureNode(int node)
    {
        UInt128 microAccesses = 0;
        foreach (UInt128[] accesses in _accesses) microAccesses += accesses[node];
        ulong moved = _map.Nodes[node].Node.Ask<ReadMovedBytes, ulong>(default);
        UInt128 bytes = (microAccesses * MemoryCosts.AccessBytes / 1_000_000) + (moved - _movedBytesBefore[node]);
        _movedBytesBefore[node] = moved;
        _bytes[node] += (ulong)bytes;
        double bytesPerSecond = (double)bytes * 1e6 / (NowUs - _windowStartUs);
        return new NodeLoadSample(bytesPerSecond, _costs.TierOf(node).LoadedPs(bytesPerSecond) / 1e3);
    }

    private TenantLoad MeasureTenant(int tenant)
    {
        Array.Clear(_accessesOfTenant);
        ulong stallNs = 0;
        UInt128 walks = 0;
        for (int process = 0; process < _accesses.Length; process++)
        {
            if (!IsOf(tenant, process)) continue;
            stallNs += _traffic[process].StallNs;
            walks += _walks[process].MicroPs;
            for (int node = 0; node < _accessesOfTenant.Length; node++) _accessesOfTenant[node] += _accesses[process][node];
        }

        ulong waited = stallNs - _stallNsBefore[tenant];
        _stallNsBefore[tenant] = stallNs;
        long[] latencies = [.. _nodes.Select((node, index) => _costs.TierOf(index).LoadedPs(node.BandwidthBytesPerSecond))];
        return TenantLoad.Of(_accessesOfTenant, latencies, waited, _costs.FastestIdlePs(latencies.Length), walks);
    }

    private WalkSample MeasureWalks(int process)
    {
        UInt128 accesses = 0;
        foreach (UInt128 onNode in _accesses[process]) accesses += onNode;
        if (accesses == 0) return new WalkSample(0, 0);
        double microPsOfNs = (double)accesses * 1e3;
        WalkTime walks = _walks[process];
        return new WalkSample((double)walks.MicroPs / microPsOfNs, ((double)walks.SmallMicroPs - (double)walks.MicroPs) / microPsOfNs);
    }

    private TenantSample Tenant(int tenant)
    {
        MemoryTraffic traffic = new();
        for (int process = 0; process < _traffic.Length; process++)
        {
            if (IsOf(tenant, process)) traffic += _traffic[process];
        }

        TenantLoad load = _loads[tenant];
        return new TenantSample(load.AverageLatencyNs, load.Slowdown, load.AccessesPerSecond(_windowLengthUs), traffic);
    }

    private bool IsOf(int tenant, int process) => _settings.Processes[process].Memcg == _settings.Memcgs[tenant].Id;
}
