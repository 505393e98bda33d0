using System.Collections.Immutable;
using Damon.Model.Monitoring;

namespace Damon.Model.Kdamonds;

/// <summary>Operations on a synthetic space.</summary>
/// <param name="accesses">Its accesses.</param>
/// <param name="ports">Tells the virtual time.</param>
public sealed class SyntheticOperations(SyntheticAccesses accesses, IKdamondPorts ports) : IOperations
{
    private readonly SamplingAddresses _samples = new();

    /// <inheritdoc/>
    public bool IsVirtual => false;

    /// <inheritdoc/>
    public void Init(MonitoringContext context)
    {
    }

    /// <inheritdoc/>
    public void PrepareAccessChecks(MonitoringContext context) => _samples.Draw(context);

    /// <inheritdoc/>
    public uint CheckAccesses(MonitoringContext context)
    {
        ulong now = ports.NowUs;
        ReadOnlySpan<ulong> addresses = _samples.Memory.Span;
        uint highest = 0;
        int next = 0;
        foreach (Target target in context.Targets)
        {
            foreach (ref Region region in target.Regions.Span)
            {
                if (IsAccessed(accesses.Rules, addresses[next++] / context.AddrUnit, now)) region.NrAccesses++;
                highest = Math.Max(highest, region.NrAccesses);
            }
        }

        return highest;
    }

    /// <inheritdoc/>
    public void ApplyProbes(MonitoringContext context, bool drawSamples)
    {
        if (drawSamples) _samples.Draw(context);
        ulong now = ports.NowUs;
        ReadOnlySpan<ulong> addresses = _samples.Memory.Span;
        int next = 0;
        foreach (Target target in context.Targets)
        {
            foreach (ref Region region in target.Regions.Span)
            {
                ulong address = addresses[next++] / context.AddrUnit;
                for (int slot = 0; slot < context.Probes.Length && slot < accesses.Probes.Length; slot++)
                {
                    if (IsAccessed(accesses.Probes[slot], address, now)) region.ProbeHits = region.ProbeHits.Hit(slot);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Update(MonitoringContext context)
    {
    }

    /// <inheritdoc/>
    public bool IsTargetValid(Target target) => true;

    private static bool IsAccessed(ImmutableArray<SyntheticRule> rules, ulong address, ulong now)
    {
        foreach (SyntheticRule rule in rules)
        {
            if (rule.Accesses(address, now)) return true;
        }

        return false;
    }
}
