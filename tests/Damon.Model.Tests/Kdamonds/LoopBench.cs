using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.Tests.Monitoring;

namespace Damon.Model.Tests.Kdamonds;

/// <summary>A kdamond's loop between a fake address space and fake schemes, with a log of what it calls.</summary>
internal sealed class LoopBench : IKdamondPorts, IOperations
{
    private readonly KernelVariables _kernel = new();

    public LoopBench(
        KdamondSettings settings, Func<int, SchemeSettings, ISchemeAgent>? agents = null, IEnumerable<Target>? targets = null)
    {
        MakeAgent = agents ?? ((index, _) => new FakeAgent(index, Log));
        Context = new MonitoringContext(settings, seed: 42);
        if (targets is not null)
        {
            Context.Targets.Clear();
            Context.Targets.AddRange(targets);
        }

        Loop = new KdamondLoop(Context, this, this, settings.Schemes);
    }

    public static KdamondSettings Settings(params ReadOnlySpan<SchemeSettings> schemes) => new()
    {
        Attributes = new MonitoringAttributes { SampleUs = 5_000, AggregationUs = 20_000, OpsUpdateUs = 30_000, MinNrRegions = 3 },
        Targets = [new TargetSettings([new AddressRange(0, 64 * 4096)])],
        Schemes = [.. schemes],
    };

    public static SchemeSettings Stat { get; } = new() { Action = SchemeAction.Stat };

    public List<string> Log { get; } = [];

    public MonitoringContext Context { get; }

    public KdamondLoop Loop { get; }

    /// <summary>Virtual time, us.</summary>
    public ulong NowUs { get; private set; }

    public ulong Jiffies => NowUs / 1000;

    public bool ShouldStop { get; set; }

    public bool TargetsAreValid { get; set; } = true;

    /// <summary>How many samples in a row count as accessed; the others do not.</summary>
    public uint Accesses { get; set; }

    public Queue<Action> Requests { get; } = [];

    public Action<LoopBench>? OnAggregated { get; set; }

    public Action<LoopBench>? OnIterationEnded { get; set; }

    public bool IsVirtual => false;

    public uint Rotation { get => _kernel.Rotation; set => _kernel.Rotation = value; }

    public uint LastNrRegions { get => _kernel.LastNrRegions; set => _kernel.LastNrRegions = value; }

    private Func<int, SchemeSettings, ISchemeAgent> MakeAgent { get; }

    /// <summary>Resumes the loop and lets its sleep pass; gives what it asked to sleep, us.</summary>
    public ulong? Step()
    {
        ulong? sleep = Loop.Resume();
        if (sleep is { } asked) NowUs += KdamondSleep.Length(asked);
        return sleep;
    }

    public void Steps(int count)
    {
        for (int i = 0; i < count; i++) Step();
    }

    /// <summary>What was called since the last look.</summary>
    public string[] TakeLog()
    {
        string[] taken = [.. Log];
        Log.Clear();
        return taken;
    }

    public void Init(MonitoringContext context) => Log.Add("init");

    public void PrepareAccessChecks(MonitoringContext context) => Log.Add("prepare");

    public uint CheckAccesses(MonitoringContext context)
    {
        Log.Add("check");
        uint highest = 0U;
        foreach (var target in context.Targets)
        {
            foreach (ref var region in target.Regions.Span)
            {
                if (region.NrAccesses < Accesses) region.NrAccesses++;
                highest = Math.Max(highest, region.NrAccesses);
            }
        }

        return highest;
    }

    public void ApplyProbes(MonitoringContext context, bool drawSamples) =>
        Log.Add(drawSamples ? "probes with new samples" : "probes");

    public void Update(MonitoringContext context) => Log.Add("update");

    public bool IsTargetValid(Target target) => TargetsAreValid;

    public void RunControlRequests()
    {
        Log.Add("requests");
        while (Requests.TryDequeue(out var request)) request();
    }

    public ISchemeAgent AddScheme(int index, SchemeSettings settings)
    {
        Log.Add($"add {index}");
        return MakeAgent(index, settings);
    }

    public void Aggregated()
    {
        Log.Add("aggregated");
        OnAggregated?.Invoke(this);
    }

    public void IterationEnded(bool aggregated, bool applied)
    {
        Log.Add($"ended{(aggregated ? " aggregated" : "")}{(applied ? " applied" : "")}");
        OnIterationEnded?.Invoke(this);
    }

    public void Ended(bool hasTargets) => Log.Add(hasTargets ? "stopped" : "out of targets");
}
