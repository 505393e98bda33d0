using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Actors.Schemes;

/// <summary>
/// A DAMOS scheme: its kdamond offers it regions, it decides and has its action done by whoever owns the memory. Its goals
/// are the business of a child of its own, the goal tuner.
/// </summary>
public sealed class SchemeActor : Actor, ISchemePorts,
    IRespond<LookAtWatermarks, WatermarkLook>,
    IRespond<BeginPass, PassBegun>,
    IRespond<OfferRegion, RegionVerdict>,
    IRespond<ForgetTarget, Done>,
    IRespond<RenumberTargets, Done>,
    IRespond<EndPass, Done>,
    IRespond<CommitScheme, Done>,
    IRespond<FeedGoal, GoalFed>,
    IRespond<ReadScheme, SchemeReading>,
    IRespond<KeepTriedRegions, Done>,
    IRespond<ReadTriedRegions, ImmutableArray<TriedRegion>>
{
    private readonly Scheme _scheme;
    private readonly HostMap _map;
    private readonly CostSettings _costs;
    private readonly ISchemeAction _action;
    private ActorRef? _tuner;
    private SchemePass _pass;
    private ulong? _score;
    private List<TriedRegion>? _tried;
    private bool _triedBefore;

    /// <summary>A scheme that has not run yet.</summary>
    public SchemeActor(SchemeSettings settings, ISchemeAction action, HostMap map, CostSettings costs)
    {
        _scheme = new Scheme(settings, this);
        _action = action;
        _map = map;
        _costs = costs;
    }

    /// <inheritdoc/>
    public ulong ChargeClockNs
    {
        get
        {
            long now = Context.Now.Nanoseconds;
            return (ulong)(now - (now % _costs.CoarseClockNs));
        }
    }

    /// <inheritdoc/>
    public WatermarkLook Respond(in LookAtWatermarks request)
    {
        ulong wait = _scheme.WatermarkWaitUs(HostMemory.FreePermil(_map));
        return new WatermarkLook(wait, _scheme.IsActivated);
    }

    /// <inheritdoc/>
    public PassBegun Respond(in BeginPass request)
    {
        _pass = request.Pass;
        _triedBefore = true;
        return _scheme.BeginPass(request.Pass);
    }

    /// <inheritdoc/>
    public RegionVerdict Respond(in OfferRegion request) => _scheme.Consider(request.Offer);

    /// <inheritdoc/>
    public Done Respond(in ForgetTarget request)
    {
        if (_scheme.Charges.Mark is { } mark && mark.TargetIndex == request.TargetIndex) _scheme.Charges.Mark = null;
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in RenumberTargets request)
    {
        _scheme.Charges.RenumberTargets(request.Places.Span);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in EndPass request)
    {
        _action.EndPass();
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in CommitScheme request)
    {
        _scheme.Commit(request.Settings);
        _action.Commit(request.Settings);
        FollowGoals();
        return default;
    }

    /// <inheritdoc/>
    public GoalFed Respond(in FeedGoal request) =>
        _tuner?.Ask<FeedGoal, GoalFed>(request) ?? new GoalFed("the scheme has no goals");

    /// <inheritdoc/>
    public SchemeReading Respond(in ReadScheme request)
    {
        ChargeWindow charges = _scheme.Charges;
        SchemeSample sample = new(
            _scheme.Stats, charges.EffectiveSize, charges.ChargedSize, _score, _scheme.IsActivated);
        return new SchemeReading(sample, charges.MinScore, charges.TotalChargedSize, charges.TotalChargedNs);
    }

    /// <inheritdoc/>
    public Done Respond(in KeepTriedRegions request)
    {
        _tried ??= [];
        return default;
    }

    /// <inheritdoc/>
    public ImmutableArray<TriedRegion> Respond(in ReadTriedRegions request) => [.. _tried ?? []];

    /// <inheritdoc/>
    ActionOutcome ISchemePorts.Apply(in Model.Monitoring.Region region, int targetIndex, bool passesFilters)
    {
        ActionOutcome outcome = _action.Apply(region, _pass.Targets[targetIndex], passesFilters, Context.Now.Microseconds);
        Keep(region, targetIndex, outcome);
        if (_costs.Apply.TryGetValue(_scheme.Settings.Action, out ApplyCost? cost))
        {
            long pages = (long)(region.Size * _pass.AddrUnit / ApplyCost.PageBytes);
            long applied = (long)(outcome.Applied * _pass.AddrUnit / ApplyCost.PageBytes);
            Context.Spend(new VirtualDuration(cost.RegionNs + (pages * cost.PageNs) + (applied * cost.AppliedNs)));
        }

        return outcome;
    }

    /// <inheritdoc/>
    ulong? ISchemePorts.Tune(ulong effectiveSize)
    {
        QuotaSettings quota = _scheme.Settings.Quota;
        if (_tuner is null || quota.Goals.IsEmpty) return null;
        Throttle throttle = _tuner.Ask<TuneGoals, Throttle>(
            new TuneGoals(_pass, _scheme.Settings.Pattern, quota.GoalTuner, quota.SizeBytes, effectiveSize));
        _score = throttle.Score;
        return throttle.EffectiveSizeBp;
    }

    /// <inheritdoc/>
    protected override void OnStart() => FollowGoals();

    /// <summary>Keeps a region that was tried, with others of the same pass.</summary>
    private void Keep(in Model.Monitoring.Region region, int targetIndex, ActionOutcome outcome)
    {
        if (_tried is null) return;
        if (_triedBefore) _tried.Clear();
        _triedBefore = false;
        ulong unit = _pass.AddrUnit;
        _tried.Add(new TriedRegion(region.Start * unit, region.End * unit, region.NrAccesses, region.Age, outcome.Passed * unit) { Target = targetIndex });
    }

    /// <summary>There is a goal tuner as soon as there are goals; it keeps its state while goals come and go.</summary>
    private void FollowGoals()
    {
        QuotaSettings quota = _scheme.Settings.Quota;
        if (quota.Goals.IsEmpty) _score = null;
        if (_tuner is not null) _tuner.Ask<CommitGoals, Done>(new CommitGoals(quota));
        else if (!quota.Goals.IsEmpty)
            _tuner = Context.Spawn(Props.Create(() => new GoalTunerActor(quota.Goals, _map)), "goal-tuner");
    }
}
