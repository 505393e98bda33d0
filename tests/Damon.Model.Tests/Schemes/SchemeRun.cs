using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.Tests.Kdamonds;

namespace Damon.Model.Tests.Schemes;

/// <summary>A kdamond's loop over two small targets with one scheme at work.</summary>
internal sealed class SchemeRun
{
    private const ulong Page = 4096;

    /// <summary>All that is monitored, target by target.</summary>
    public static readonly AddressRange[][] Ranges =
    [
        [new AddressRange(0, 100 * Page), new AddressRange(120 * Page, 200 * Page)],
        [new AddressRange(50 * Page, 250 * Page)],
    ];

    private DirectScheme? _scheme;

    public SchemeRun(SchemeSettings settings, Func<SchemeSettings, DirectScheme>? make = null, uint accesses = 0)
    {
        Settings = LoopBench.Settings(settings) with
        {
            Targets = [.. Ranges.Select(ranges => new TargetSettings([.. ranges]))],
        };
        Bench = new LoopBench(Settings, (_, scheme) => _scheme = make?.Invoke(scheme) ?? new DirectScheme(scheme))
        {
            Accesses = accesses,
        };
    }

    public KdamondSettings Settings { get; }

    public LoopBench Bench { get; }

    public DirectScheme Scheme => _scheme!;

    /// <summary>Succeeds on nothing, on the half or on all of a region, as its place wants it.</summary>
    public static ulong SometimesFails(Region region) => region.Start / Page % 3 * region.Size / 2;
}
