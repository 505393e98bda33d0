using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;

namespace Damon.Actors.Kdamonds;

/// <summary>
/// Monitoring of the physical address space (spec 10): sampling addresses go to the nodes that have them, in batches.
/// </summary>
internal sealed class PhysicalOperations : IOperations
{
    private readonly HostMap _map;
    private readonly Responder<MarkOld, Done>[] _markOld;
    private readonly Responder<CheckYoung, int>[] _checkYoung;
    private readonly SamplingAddresses _samples = new();
    private bool[] _young = [];
    private byte[] _hits = [];

    public PhysicalOperations(HostMap map)
    {
        _map = map;
        _markOld = [.. map.Nodes.Select(node => node.Node.Responder<MarkOld, Done>())];
        _checkYoung = [.. map.Nodes.Select(node => node.Node.Responder<CheckYoung, int>())];
    }

    /// <inheritdoc/>
    public bool IsVirtual => false;

    /// <inheritdoc/>
    public void Init(MonitoringContext context)
    {
    }

    /// <inheritdoc/>
    public void PrepareAccessChecks(MonitoringContext context)
    {
        _samples.Draw(context);
        for (int from = 0; TryNextRun(ref from, out int node, out int count); from += count)
            _markOld[node].Ask(new MarkOld(_samples.Memory.Slice(from, count)));
    }

    /// <inheritdoc/>
    public uint CheckAccesses(MonitoringContext context)
    {
        if (_young.Length < _samples.Count) _young = new bool[_samples.Count * 2];
        Array.Clear(_young, 0, _samples.Count);
        for (int from = 0; TryNextRun(ref from, out int node, out int count); from += count)
            _checkYoung[node].Ask(new CheckYoung(_samples.Memory.Slice(from, count), _young.AsMemory(from, count)));
        return CountAccesses(context);
    }

    /// <inheritdoc/>
    public void ApplyProbes(MonitoringContext context, bool drawSamples)
    {
        if (drawSamples) _samples.Draw(context);
        if (_hits.Length < _samples.Count) _hits = new byte[_samples.Count * 2];
        Array.Fill(_hits, Probe.HitMask(context.Probes.AsSpan(), folio: null), 0, _samples.Count);
        for (int from = 0; TryNextRun(ref from, out int node, out int count); from += count)
        {
            ProbeFolios request = new(_samples.Memory.Slice(from, count), context.Probes, _hits.AsMemory(from, count));
            _map.Nodes[node].Node.Ask<ProbeFolios, Done>(request);
        }

        CountHits(context);
    }

    /// <inheritdoc/>
    public void Update(MonitoringContext context)
    {
    }

    /// <inheritdoc/>
    public bool IsTargetValid(Target target) => true;

    private uint CountAccesses(MonitoringContext context)
    {
        uint highest = 0;
        ReadOnlySpan<bool> young = _young;
        foreach (Target target in context.Targets)
        {
            Span<Region> regions = target.Regions.Span;
            for (int i = 0; i < regions.Length; i++)
            {
                uint nrAccesses = regions[i].NrAccesses + (young[i] ? 1u : 0u);
                regions[i].NrAccesses = nrAccesses;
                highest = Math.Max(highest, nrAccesses);
            }

            young = young[regions.Length..];
        }

        return highest;
    }

    private void CountHits(MonitoringContext context)
    {
        int next = 0;
        foreach (Target target in context.Targets)
        {
            foreach (ref Region region in target.Regions.Span)
            {
                byte hits = _hits[next++];
                for (int slot = 0; slot < context.Probes.Length; slot++)
                {
                    if ((hits & (1 << slot)) != 0) region.ProbeHits = region.ProbeHits.Hit(slot);
                }
            }
        }
    }

    /// <summary>Finds the next addresses in a row that one node has; those of no node are passed over.</summary>
    private bool TryNextRun(ref int from, out int node, out int count)
    {
        ReadOnlySpan<ulong> addresses = _samples.Memory.Span;
        node = -1;
        count = 0;
        while (from < addresses.Length && (node = _map.NodeIndexAt(addresses[from])) < 0) from++;
        if (node < 0) return false;
        NodeEntry entry = _map.Nodes[node];
        while (from + count < addresses.Length && entry.Contains(addresses[from + count])) count++;
        return true;
    }
}
