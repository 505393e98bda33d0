using System.Collections.Immutable;
using Damon.Model.Monitoring;

namespace Damon.Model.Kdamonds;

/// <summary>What a kdamond monitors and how: DAMON's context (spec 2).</summary>
public sealed class MonitoringContext
{
    private ImmutableArray<Probe> _probes = [];

    /// <summary>A context with the initial regions of its settings.</summary>
    /// <exception cref="ArgumentException">The settings are not valid; see <see cref="KdamondValidation"/>.</exception>
    public MonitoringContext(KdamondSettings settings, ulong seed)
    {
        if (KdamondValidation.Validate(settings) is { } error) throw new ArgumentException(error, nameof(settings));
        Random = new Lfsr113(settings.Seed ?? seed);
        Attributes = settings.Attributes.WithAggrSamples();
        AddrUnit = settings.UnitBytes;
        MinRegionSize = settings.MinRegionSize;
        Probes = settings.Probes;
        Cgroups = CgroupsOf(settings);
        foreach (TargetSettings target in settings.Targets.Where(target => target.Cgroup is null)) AddTarget(target);
    }

    /// <summary>The context's random stream.</summary>
    public Lfsr113 Random { get; }

    /// <summary>Intervals and numbers of regions in force.</summary>
    public MonitoringAttributes Attributes { get; set; }

    /// <summary>Bytes of a core address unit.</summary>
    public ulong AddrUnit { get; set; }

    /// <summary>Smallest region, core address units.</summary>
    public ulong MinRegionSize { get; set; }

    /// <summary>What is due when.</summary>
    public MonitoringSchedule Schedule { get; } = new();

    /// <summary>The targets.</summary>
    public List<Target> Targets { get; } = [];

    /// <summary>Paths of the cgroups whose processes are targets while they live; see docs/extensions.md.</summary>
    public ImmutableArray<string> Cgroups { get; set; }

    /// <summary>The probes.</summary>
    public ImmutableArray<Probe> Probes
    {
        get => _probes;
        set
        {
            _probes = value;
            ProbeWeights = ProbeWeights.Of(value);
        }
    }

    /// <summary>The probes' weights.</summary>
    public ProbeWeights ProbeWeights { get; private set; }

    /// <summary>Whether the kdamond rests.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Aggregations so far.</summary>
    public ulong NrAggregations { get; set; }

    /// <summary>Regions of all targets.</summary>
    public int NrRegions => Target.CountRegions(Targets);

    /// <summary>No merged or glued region is larger, core address units (spec 4).</summary>
    public ulong SizeLimit => RegionSplitting.SizeLimit(Targets, Attributes.MinNrRegions, MinRegionSize);

    /// <summary>The cgroups that settings want to be followed.</summary>
    public static ImmutableArray<string> CgroupsOf(KdamondSettings settings) =>
        [.. settings.Targets.Where(target => !target.Obsolete).Select(target => target.Cgroup).OfType<string>()];

    /// <summary>Adds a target with its initial regions.</summary>
    public void AddTarget(TargetSettings settings)
    {
        Target target = new() { Process = settings.Process };
        if (!settings.Ranges.IsEmpty && RegionRanges.Set(target.Regions, settings.Ranges.AsSpan(), MinRegionSize) is { } error)
            throw new ArgumentException(error, nameof(settings));
        Targets.Add(target);
    }
}
