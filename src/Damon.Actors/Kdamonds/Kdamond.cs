using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Kdamonds;

/// <summary>
/// A kdamond: the only one who knows its regions. Sleeps by timers, samples by asking who owns the memory, and offers
/// its regions to its schemes, which are its children.
/// </summary>
public sealed class Kdamond : Actor, IKdamondPorts,
    IReceive<Wake>,
    IRespond<RequestControl, Done>,
    IRespond<ReadKdamond, KdamondSample>,
    IRespond<ReadSchemes, IReadOnlyList<ActorRef>>,
    IRespond<HashKdamond, ulong>,
    IRespond<ReadControlOutcomes, IReadOnlyList<ControlOutcome>>,
    IRespond<Observe, Done>
{
    private readonly int _index;
    private readonly KdamondSettings _settings;
    private readonly HostSettings _host;
    private readonly HostMap _map;
    private readonly List<SchemeAgent> _agents = [];
    private readonly List<ActorRef> _schemes = [];
    private readonly List<ActorRef> _observers = [];
    private readonly Queue<KdamondEvent> _requests = [];
    private readonly List<ControlOutcome> _outcomes = [];
    private MonitoringContext _context = null!;
    private KdamondLoop _loop = null!;
    private int _schemesMade;
    private bool _isStopped;
    private bool _hasEnded;
    private PageCounter? _pages;
    private ulong _busyNs;

    /// <summary>A kdamond that starts when its host's clock does.</summary>
    public Kdamond(int index, HostSettings host, HostMap map)
    {
        _index = index;
        _host = host;
        _settings = host.Kdamonds[index];
        _map = map;
    }

    /// <inheritdoc/>
    ulong IKdamondPorts.Jiffies => (ulong)Context.Now.Milliseconds;

    /// <inheritdoc/>
    ulong IKdamondPorts.NowUs => (ulong)Context.Now.Microseconds;

    /// <inheritdoc/>
    bool IKdamondPorts.ShouldStop => _isStopped || (ulong)Context.Now.Microseconds >= _host.StopAtUs;

    /// <inheritdoc/>
    uint ISplitRotation.Rotation
    {
        get => Splits.Rotation;
        set => Splits = Splits with { Rotation = value };
    }

    /// <inheritdoc/>
    uint ISplitRotation.LastNrRegions
    {
        get => Splits.LastNrRegions;
        set => Splits = Splits with { LastNrRegions = value };
    }

    private SplitState Splits
    {
        get => _map.Host.Ask<ReadSplitState, SplitState>(default);
        set => _map.Host.Ask<WriteSplitState, Done>(new WriteSplitState(value));
    }

    /// <inheritdoc/>
    public void Receive(in Wake message)
    {
        long begin = Context.Now.Nanoseconds;
        ulong? sleep = _loop.Resume();
        _busyNs += (ulong)(Context.Now.Nanoseconds - begin);
        if (sleep is not { } sleepUs) return;
        Context.ScheduleTell(new VirtualDuration((long)KdamondSleep.Length(sleepUs) * 1_000), Context.Self, default(Wake));
    }

    /// <inheritdoc/>
    public Done Respond(in RequestControl request)
    {
        if (_hasEnded) _outcomes.Add(new ControlOutcome(request.Event, (ulong)Context.Now.Microseconds, "the kdamond has ended"));
        else _requests.Enqueue(request.Event);
        return default;
    }

    /// <inheritdoc/>
    public KdamondSample Respond(in ReadKdamond request) => new(
        _context.NrRegions,
        _context.Attributes.SampleUs,
        _context.Attributes.AggregationUs,
        _context.NrAggregations,
        [.. _schemes.Select(scheme => scheme.Ask<ReadScheme, SchemeReading>(default).Sample)])
    {
        NrProbes = _context.Probes.Length,
        Pages = _pages?.Last,
        BusyNs = _busyNs,
        CpuShare = Context.Now.Nanoseconds == 0 ? 0 : (double)_busyNs / Context.Now.Nanoseconds,
    };

    /// <inheritdoc/>
    public IReadOnlyList<ActorRef> Respond(in ReadSchemes request) => _schemes;

    /// <inheritdoc/>
    public ulong Respond(in HashKdamond request)
    {
        StateHash hash = new();
        hash.Add(_context);
        foreach (ActorRef scheme in _schemes) hash.Add(scheme.Ask<ReadScheme, SchemeReading>(default));
        return hash.Value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ControlOutcome> Respond(in ReadControlOutcomes request) => [.. _outcomes];

    /// <inheritdoc/>
    public Done Respond(in Observe request)
    {
        _observers.Add(request.Observer);
        return default;
    }

    /// <inheritdoc/>
    void IKdamondPorts.RunControlRequests()
    {
        while (_requests.TryDequeue(out KdamondEvent? request))
        {
            int schemes = _schemes.Count;
            MonitoringAttributes attributes = _context.Attributes;
            string? error = CarryOut(request);
            // Values can be fed for as long as the host lives; that all went well needs no list.
            if (request is FeedEvent && error is null && !_host.KeepsFeeds) continue;
            _outcomes.Add(new ControlOutcome(request, (ulong)Context.Now.Microseconds, error)
            {
                Effect = error is null ? EffectOf(request, schemes, attributes) : null,
            });
        }
    }

    /// <inheritdoc/>
    ISchemeAgent IKdamondPorts.AddScheme(int index, SchemeSettings settings)
    {
        Props props = Props.Create(
            () => new SchemeActor(settings, ActionOf(settings), _map, _host.Costs));
        SchemeAgent agent = new(Context.Spawn(props, $"scheme-{_schemesMade++}"), Context);
        _agents.Insert(index, agent);
        RefreshSchemes();
        return agent;
    }

    /// <inheritdoc/>
    void IKdamondPorts.Aggregated()
    {
        _pages?.CountIfDue(_context, (ulong)Context.Now.Microseconds);
        Show(MomentKind.Aggregated, aggregated: true, applied: false);
    }

    /// <inheritdoc/>
    void IKdamondPorts.IterationEnded(bool aggregated, bool applied)
    {
        if (_observers.Count > 0 && (aggregated || applied)) Show(MomentKind.IterationEnded, aggregated, applied);
        SpendOwnTime(aggregated);
    }

    /// <inheritdoc/>
    void IKdamondPorts.Ended(bool hasTargets)
    {
        _hasEnded = true;
        Show(hasTargets ? MomentKind.Stopped : MomentKind.RanOutOfTargets, aggregated: false, applied: false);
    }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _context = new MonitoringContext(_settings, Context.Seed("sampling"));
        _loop = new KdamondLoop(_context, Operations(), this, _settings.Schemes);
        if (_settings.PageCounting is { } counting) _pages = new PageCounter(counting, _settings.StartAtUs, _map);
        Context.ScheduleTell(new VirtualDuration((long)_settings.StartAtUs * 1_000), Context.Self, default(Wake));
    }

    private ISchemeAction ActionOf(SchemeSettings settings) => _settings.IsVirtual
        ? new VirtualAction(settings, _map)
        : new PhysicalAction(settings, _map, _settings.AddrUnit);

    private IOperations Operations() => _settings.Operations switch
    {
        OperationsKind.Paddr => new PhysicalOperations(_map),
        OperationsKind.Vaddr => new VirtualOperations(_map, followsMappings: true),
        OperationsKind.Fvaddr => new VirtualOperations(_map, followsMappings: false),
        OperationsKind.Synthetic => new SyntheticOperations(_settings.Synthetic, this),
        _ => throw new NotSupportedException($"{_settings.Operations} is not simulated"),
    };

    private string? CarryOut(KdamondEvent request)
    {
        switch (request)
        {
            case SetAttributesEvent set:
                return _loop.SetAttributes(set.Attributes);
            case CommitEvent commit:
                return Commit(commit.Settings);
            case PauseEvent pause:
                _context.IsPaused = pause.Paused;
                return null;
            case StopEvent:
                _isStopped = true;
                return null;
            case FeedEvent feed when feed.Scheme < _schemes.Count:
                return _schemes[feed.Scheme].Ask<FeedGoal, GoalFed>(new FeedGoal(feed.Goal, feed.Value)).Error;
            case FeedEvent feed:
                return $"there is no scheme {feed.Scheme}; the kdamond has {_schemes.Count}";
            default:
                throw new InvalidOperationException($"a kdamond does not know {request.GetType().Name}");
        }
    }

    private string? EffectOf(KdamondEvent request, int schemesBefore, MonitoringAttributes before) => request switch
    {
        CommitEvent => CommitEffect.Describe(schemesBefore, _schemes.Count, before, _context),
        PauseEvent pause => pause.Paused ? "paused, regions and quotas kept" : "goes on with the regions that it had",
        StopEvent => "stopped for good",
        _ => null,
    };

    private string? Commit(KdamondSettings settings)
    {
        string? error = HostValidation.Targets(_host, settings) ?? _loop.Commit(settings);
        _agents.RemoveAll(agent => agent.IsRemoved);
        RefreshSchemes();
        return error;
    }

    private void RefreshSchemes()
    {
        _schemes.Clear();
        foreach (SchemeAgent agent in _agents) _schemes.Add(agent.Scheme);
    }

    private void Show(MomentKind kind, bool aggregated, bool applied)
    {
        foreach (ActorRef observer in _observers)
            observer.Ask<KdamondMoment, Done>(new KdamondMoment(_index, kind, _context, _schemes, aggregated, applied));
    }

    private void SpendOwnTime(bool aggregated)
    {
        CostSettings costs = _host.Costs;
        long perRegion = CheckNs(costs) + (aggregated ? costs.AggregateRegionNs : 0);
        long counting = costs.CountPageNs * (long)(_pages?.TakeUnpaidLooks() ?? 0);
        if (costs.WakeUpNs == 0 && perRegion == 0 && counting == 0) return;
        Context.Spend(new VirtualDuration(costs.WakeUpNs + (perRegion * _context.NrRegions) + counting));
    }

    /// <summary>What a sampling takes for one region: a check of its accesses, unless only attributes are looked at, and the probes' look.</summary>
    private long CheckNs(CostSettings costs)
    {
        if (_settings.IsVirtual) return costs.VirtualAccessCheckNs ?? costs.AccessCheckNs;
        long check = _context.ProbeWeights.AttributesOnly ? 0 : costs.AccessCheckNs;
        return check + (_context.Probes.IsEmpty ? 0 : costs.ProbeCheckNs);
    }
}
