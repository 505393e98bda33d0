using Damon.Model.Monitoring;

namespace Damon.Model.Kdamonds;

/// <summary>One address for each region of a context, side by side in the order of the regions.</summary>
public sealed class SamplingAddresses
{
    private ulong[] _addresses = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The addresses, bytes; valid until they are drawn anew.</summary>
    public ReadOnlyMemory<ulong> Memory => _addresses.AsMemory(0, Count);

    /// <summary>Draws an address in each region (spec 10).</summary>
    public void Draw(MonitoringContext context)
    {
        int count = context.NrRegions;
        if (_addresses.Length < count) _addresses = new ulong[Math.Max(count, 2 * _addresses.Length)];
        Count = count;
        int next = 0;
        Lfsr113 random = context.Random;
        ulong addrUnit = context.AddrUnit;
        foreach (Target target in context.Targets)
        {
            foreach (ref readonly Region region in target.Regions.Span)
                _addresses[next++] = random.Between(region.Start, region.End) * addrUnit;
        }
    }
}
