using System.Collections.Immutable;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Kdamonds;

/// <summary>
/// The main loop of a kdamond (spec 3), cut at its sleeps: <see cref="Resume"/> runs from one sleep to the next and
/// says how long that one is.
/// </summary>
public sealed class KdamondLoop
{
    private readonly MonitoringContext _context;
    private readonly IOperations _operations;
    private readonly IKdamondPorts _ports;
    private readonly List<InstalledScheme> _schemes = [];
    private readonly SchemeWalk _walk;
    private Phase _phase = Phase.Starting;
    private ulong _sizeLimit;
    private ulong? _shortestWaitUs;

    // Read at the top of an iteration and kept through it, whatever a control request changes meanwhile.
    private ulong _nextAggregation;
    private ulong _nextOpsUpdate;
    private bool _attributesOnly;
    private bool _aggregates;

    /// <summary>A kdamond that has not started.</summary>
    public KdamondLoop(MonitoringContext context, IOperations operations, IKdamondPorts ports, ImmutableArray<SchemeSettings> schemes)
    {
        _context = context;
        _operations = operations;
        _ports = ports;
        _walk = new SchemeWalk(context, operations);
        foreach (SchemeSettings scheme in schemes) AddScheme(scheme);
    }

    private enum Phase
    {
        Starting,
        WaitingForWatermarks,
        Sampling,
        Paused,
        Ended,
    }

    private MonitoringSchedule Schedule => _context.Schedule;

    /// <summary>Goes on until the next sleep.</summary>
    /// <returns>How long to sleep as the loop asks for it, us (see <see cref="KdamondSleep"/>); null: the kdamond has ended.</returns>
    public ulong? Resume() => _phase switch
    {
        Phase.Starting => Start(),
        Phase.WaitingForWatermarks => GoOnWaiting(),
        Phase.Sampling => EndSampling(),
        Phase.Paused => GoOnResting(),
        _ => throw new InvalidOperationException("a kdamond that has ended was resumed"),
    };

    /// <summary>Changes the attributes; only while control requests run (spec 6).</summary>
    /// <returns>What is wrong with them, and then nothing has changed; null: done.</returns>
    public string? SetAttributes(MonitoringAttributes attributes)
    {
        if (attributes.Validate() is { } error) return error;
        _context.Attributes = AttributesChange.Apply(
            _context.Targets, Schedule, _context.Probes.Length, _context.Attributes, attributes);
        foreach (InstalledScheme scheme in _schemes) scheme.ScheduleNextApply(_context);
        return null;
    }

    /// <summary>Commits new parameters, all or nothing; only while control requests run (spec 12).</summary>
    /// <returns>What is wrong with them, and then nothing has changed; null: done.</returns>
    public string? Commit(KdamondSettings settings)
    {
        if ((KdamondValidation.Validate(settings) ?? KdamondValidation.Obsolete(settings, _context.Targets.Count(target => target.Cgroup is null))) is { } error)
            return error;
        _context.MinRegionSize = settings.MinRegionSize;
        _context.AddrUnit = settings.UnitBytes;
        CommitSchemes(settings.Schemes);
        ChangeTargets(() => TargetsCommit.Apply(_context, settings));
        MonitoringAttributes inForce = _context.Attributes with { AggrSamples = settings.Attributes.AggrSamples };
        if (inForce != settings.Attributes) SetAttributes(settings.Attributes);
        _context.Probes = settings.Probes;
        return null;
    }

    private ulong? Start()
    {
        Schedule.Start(_context.Attributes);
        foreach (InstalledScheme scheme in _schemes) scheme.ScheduleNextApply(_context);
        _operations.Init(_context);
        _sizeLimit = ApplyMinNrRegions();
        return BeginIteration();
    }

    private ulong? BeginIteration()
    {
        if (_ports.ShouldStop) return End(hasTargets: true);
        if (!HasValidTarget()) return End(hasTargets: false);
        _nextAggregation = Schedule.NextAggregation;
        _nextOpsUpdate = Schedule.NextOpsUpdate;
        _shortestWaitUs = null;
        return BeginSamplingUnlessInactive();
    }

    private ulong? GoOnWaiting()
    {
        _ports.RunControlRequests();
        return _ports.ShouldStop ? End(hasTargets: true) : BeginSamplingUnlessInactive();
    }

    /// <summary>Steps 1 and 2.</summary>
    private ulong? BeginSamplingUnlessInactive()
    {
        foreach (InstalledScheme scheme in _schemes)
        {
            ulong wait = scheme.WatermarkWaitUs();
            _shortestWaitUs = Math.Min(wait, _shortestWaitUs ?? wait);
        }

        if (_shortestWaitUs is { } sleep and > 0)
        {
            _phase = Phase.WaitingForWatermarks;
            return sleep;
        }

        _attributesOnly = _context.ProbeWeights.AttributesOnly;
        if (!_attributesOnly) _operations.PrepareAccessChecks(_context);
        _phase = Phase.Sampling;
        return _context.Attributes.SampleUs;
    }

    /// <summary>Steps 3 to 6.</summary>
    private ulong? EndSampling()
    {
        Schedule.Sis++;
        _aggregates = Schedule.Sis >= _nextAggregation;
        uint highest = _attributesOnly ? 0 : _operations.CheckAccesses(_context);
        if (!_context.Probes.IsEmpty)
        {
            _operations.ApplyProbes(_context, drawSamples: _attributesOnly);
            if (_attributesOnly && _aggregates) highest = HighestWeightedSum();
        }

        if (_aggregates)
        {
            RegionMerging.Merge(_context.Targets, _context.Attributes, _context.ProbeWeights, highest / 10, _sizeLimit);
            _sizeLimit = ApplyMinNrRegions();
        }

        _ports.RunControlRequests();
        return RestOrGoOn();
    }

    private ulong? GoOnResting()
    {
        _ports.RunControlRequests();
        return _ports.ShouldStop ? End(hasTargets: true) : RestOrGoOn();
    }

    private ulong? RestOrGoOn()
    {
        if (_context.IsPaused)
        {
            _phase = Phase.Paused;
            return _context.Attributes.SampleUs;
        }

        EndIteration();
        return BeginIteration();
    }

    /// <summary>Steps 7 to 9.</summary>
    private void EndIteration()
    {
        bool applies = IsAnySchemeDue();
        if (applies) _walk.Run(_schemes, _ports.Jiffies);
        if (_aggregates) EndAggregation();
        if (Schedule.Sis >= _nextOpsUpdate)
        {
            Schedule.NextOpsUpdate = _nextOpsUpdate + _context.Attributes.SamplesIn(_context.Attributes.OpsUpdateUs);
            ChangeTargets(() => _operations.Update(_context));
        }

        _ports.IterationEnded(_aggregates, applies);
    }

    private void EndAggregation()
    {
        MonitoringAttributes attributes = _context.Attributes;
        if (attributes.IntervalsGoal.IsOn && Schedule.Sis >= Schedule.NextIntervalsTune)
        {
            // A control request may have moved it; the tuning must not take this for the middle of an aggregation.
            Schedule.NextAggregation = _nextAggregation;
            Schedule.NextIntervalsTune += attributes.AggrSamples * attributes.IntervalsGoal.Aggrs;
            if (IntervalsTuning.Tune(_context.Targets, attributes) is { } tuned) SetAttributes(tuned);
        }

        Schedule.NextAggregation = _nextAggregation + _context.Attributes.SamplesIn(_context.Attributes.AggregationUs);
        _context.NrAggregations++;
        _ports.Aggregated();
        foreach (Target target in _context.Targets) target.Regions.ResetAggregated();
        RegionSplitting.Split(_context.Targets, _context.Attributes.MaxNrRegions, _context.MinRegionSize, _context.Random, _ports);
    }

    private ulong? End(bool hasTargets)
    {
        _phase = Phase.Ended;
        _ports.Ended(hasTargets);
        return null;
    }

    private ulong ApplyMinNrRegions() =>
        RegionSplitting.ApplyMinNrRegions(_context.Targets, _context.Attributes.MinNrRegions, _context.MinRegionSize);

    private bool HasValidTarget()
    {
        // A cgroup without processes may get some.
        if (!_context.Cgroups.IsEmpty) return true;
        foreach (Target target in _context.Targets)
        {
            if (_operations.IsTargetValid(target)) return true;
        }

        return false;
    }

    private bool IsAnySchemeDue()
    {
        foreach (InstalledScheme scheme in _schemes)
        {
            if (scheme.NextApply <= Schedule.Sis) return true;
        }

        return false;
    }

    private uint HighestWeightedSum()
    {
        uint highest = 0;
        foreach (Target target in _context.Targets)
        {
            foreach (ref readonly Region region in target.Regions.Span)
                highest = Math.Max(highest, _context.ProbeWeights.WeightedSum(region.ProbeHits));
        }

        return highest;
    }

    private void AddScheme(SchemeSettings settings)
    {
        InstalledScheme scheme = new(_ports.AddScheme(_schemes.Count, settings), settings);
        scheme.ScheduleNextApply(_context);
        _schemes.Add(scheme);
    }

    /// <summary>By position: those there are take the new parameters, extra ones go, missing ones are added.</summary>
    private void CommitSchemes(ImmutableArray<SchemeSettings> settings)
    {
        for (int i = _schemes.Count - 1; i >= settings.Length; i--)
        {
            _schemes[i].Agent.Remove();
            _schemes.RemoveAt(i);
        }

        for (int i = 0; i < settings.Length; i++)
        {
            if (i < _schemes.Count) _schemes[i].Commit(settings[i]);
            else AddScheme(settings[i]);
        }
    }

    /// <summary>Lets the list of targets change, and tells the schemes where each one is afterwards.</summary>
    private void ChangeTargets(Action change)
    {
        Target[] before = [.. _context.Targets];
        change();
        if (before.SequenceEqual(_context.Targets.Take(before.Length))) return;
        int[] places = Array.ConvertAll(before, _context.Targets.IndexOf);
        foreach (InstalledScheme scheme in _schemes) scheme.Agent.RenumberTargets(places);
    }
}
