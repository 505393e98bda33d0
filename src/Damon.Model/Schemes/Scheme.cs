using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>What a scheme needs from outside to do its action and to know its goals.</summary>
public interface ISchemePorts
{
    /// <summary>A clock for time quotas, ns; moves on while an action is applied, if that costs time.</summary>
    ulong ChargeClockNs { get; }

    /// <summary>Does the action on a region's memory.</summary>
    /// <param name="region">The region, core address units.</param>
    /// <param name="targetIndex">The region's target.</param>
    /// <param name="passesFilters">Whether a core filter allowed it by name.</param>
    ActionOutcome Apply(in Region region, int targetIndex, bool passesFilters);

    /// <summary>What the goals allow in a window, 1/10,000 byte; null when there are none.</summary>
    /// <param name="effectiveSize">The effective size so far.</param>
    ulong? Tune(ulong effectiveSize);
}

/// <summary>What an action did, in core address units.</summary>
/// <param name="Applied">Memory on which it succeeded.</param>
/// <param name="Passed">Memory that passed the operations filters.</param>
public readonly record struct ActionOutcome(ulong Applied, ulong Passed);

/// <summary>One scheme at work: it is offered regions and decides what becomes of each (spec 7 to 9).</summary>
public sealed class Scheme
{
    private readonly ISchemePorts _ports;
    private readonly RegionCutList _cuts = new();
    private SchemeSettings _settings;
    private CoreFilters _coreFilters;
    private SchemePass _pass;
    private SchemeStats _stats;

    /// <summary>A scheme that has not run yet.</summary>
    public Scheme(SchemeSettings settings, ISchemePorts ports)
    {
        _settings = settings;
        _ports = ports;
        _coreFilters = new CoreFilters(settings.Filters);
    }

    /// <summary>The parameters.</summary>
    public SchemeSettings Settings => _settings;

    /// <summary>The quota's account.</summary>
    public ChargeWindow Charges { get; } = new();

    /// <summary>What it did so far.</summary>
    public ref readonly SchemeStats Stats => ref _stats;

    /// <summary>Whether the watermarks let it run; a change of parameters sets it again.</summary>
    public bool IsActivated { get; private set; } = true;

    /// <summary>The core filters.</summary>
    public CoreFilters CoreFilters => _coreFilters;

    /// <summary>Takes new parameters and keeps the stats, the account and the mark (spec 12).</summary>
    public void Commit(SchemeSettings settings)
    {
        _settings = settings;
        _coreFilters = new CoreFilters(settings.Filters);
        IsActivated = true;
    }

    /// <summary>Looks at the watermarks: how long to wait before the next look, us; 0: the scheme runs (spec 11).</summary>
    /// <param name="freeMemPermil">Free memory of the host, permil.</param>
    public ulong WatermarkWaitUs(ulong freeMemPermil)
    {
        bool activated = IsActivated;
        ulong wait = _settings.Watermarks.WaitUs(freeMemPermil, ref activated);
        IsActivated = activated;
        return wait;
    }

    /// <summary>Adjusts the quota at the begin of a pass (spec 9).</summary>
    public PassBegun BeginPass(in SchemePass pass)
    {
        _pass = pass;
        _cuts.Clear();
        QuotaSettings quota = _settings.Quota;
        if (quota.TimeMs != 0 || quota.SizeBytes != 0 || !quota.Goals.IsEmpty) AdjustQuota(quota);
        _cuts.Sort();
        return new PassBegun(_cuts.Memory, HasRoom);
    }

    /// <summary>Looks at one region (spec 7a to 7e).</summary>
    public RegionVerdict Consider(in RegionOffer offer)
    {
        _cuts.Clear();
        if (!HasRoom) return Verdict(acted: false);

        Region region = offer.Region;
        ChargeMark? mark = Charges.Mark;
        bool skipped = ChargeMarkSkip.Skips(ref mark, offer.TargetIndex, ref region, offer.IsLast, _pass.MinRegionSize, _cuts);
        Charges.Mark = mark;
        if (skipped) return Verdict(acted: false);

        if (_settings.MaxNrSnapshots != 0 && _settings.MaxNrSnapshots <= _stats.NrSnapshots) return Verdict(acted: false);
        bool acted = IsWanted(region) && Act(ref region, offer.TargetIndex);
        if (offer.IsLast && _cuts.Count == 0) _stats.NrSnapshots++;
        return Verdict(acted);
    }

    /// <summary>Whether a region fits, and is preferred enough for the quota (spec 7d).</summary>
    public bool IsWanted(in Region region)
    {
        if (!_settings.Pattern.Fits(region, _pass.Window)) return false;
        return !Charges.IsSet(_settings.Quota) || Priority(region) >= Charges.MinScore;
    }

    private bool HasRoom => !Charges.IsFull(_settings.Quota, _pass.MinRegionSize);

    private RegionVerdict Verdict(bool acted) => new(_cuts.Memory, acted, HasRoom);

    private bool Act(ref Region region, int targetIndex)
    {
        QuotaSettings quota = _settings.Quota;
        ulong size = region.Size;
        if (Charges.IsSet(quota) && unchecked(Charges.ChargedSize + size) > Charges.EffectiveSize)
        {
            size = KernelArithmetic.AlignDown(Charges.EffectiveSize - Charges.ChargedSize, _pass.MinRegionSize);
            if (size == 0)
            {
                Count(0, default);
                return false;
            }

            _cuts.Cut(targetIndex, ref region, region.Start + size);
        }

        CoreVerdict verdict = _coreFilters.Judge(targetIndex, ref region, _pass.MinRegionSize, _cuts);
        if (verdict.Rejected) return false;

        size = region.Size;
        ulong began = _ports.ChargeClockNs;
        ActionOutcome outcome = _ports.Apply(region, targetIndex, verdict.Allowed);
        Charges.TotalChargedNs += _ports.ChargeClockNs - began;
        Charges.Charge(quota, size, outcome.Applied);
        if (!HasRoom) Charges.Mark = new ChargeMark(targetIndex, region.End);
        Count(size, outcome);
        return _settings.Action != SchemeAction.Stat;
    }

    private void Count(ulong size, ActionOutcome outcome)
    {
        _stats.NrTried++;
        _stats.SzTried += size;
        if (outcome.Applied > 0) _stats.NrApplied++;
        _stats.SzApplied += outcome.Applied;
        _stats.SzOpsFilterPassed += outcome.Passed;
    }

    private int Priority(in Region region) =>
        RegionPriority.Of(_settings.Action, _pass.IsVirtual, region, _settings.Quota, _pass.Window, _pass.AggregationUs);

    private void AdjustQuota(QuotaSettings quota)
    {
        if (Charges.IsUnopened)
        {
            Charges.ChargedFrom = _pass.Jiffies;
            SetEffectiveSize(quota);
        }

        if (Charges.IsOver(quota, _pass.Jiffies))
        {
            if (!HasRoom) _stats.QtExceeds++;
            Charges.Open(_pass.Jiffies);
            SetEffectiveSize(quota);
        }

        SetMinScore();
    }

    private void SetEffectiveSize(QuotaSettings quota) =>
        Charges.SetEffectiveSize(quota, _ports.Tune(Charges.EffectiveSize), _pass.MinRegionSize);

    /// <summary>From the best score down, until the regions so far fill the quota.</summary>
    private void SetMinScore()
    {
        Span<ulong> sizeByScore = stackalloc ulong[RegionScore.Highest + 1];
        sizeByScore.Clear();
        for (int target = 0; target < _pass.Targets.Count; target++)
        {
            foreach (ref readonly Region region in _pass.Targets[target].Regions.Span) AddToHistogram(target, region, sizeByScore);
        }

        int score = sizeByScore.LastIndexOfAnyExcept(0UL);
        if (score < 0) score = 0;
        for (ulong size = sizeByScore[score]; size < Charges.EffectiveSize && score > 0; size += sizeByScore[score]) score--;
        Charges.MinScore = (uint)score;
    }

    /// <summary>Adds what the core filters leave of a region; where they cut it, each part is judged by itself.</summary>
    private void AddToHistogram(int target, in Region region, Span<ulong> sizeByScore)
    {
        int firstCut = _cuts.Count;
        for (Region part = region; part.Start < region.End; part.Start = part.End)
        {
            part.End = _cuts.NearestAbove(firstCut, part.Start, region.End);
            if (!_settings.Pattern.Fits(part, _pass.Window)) continue;
            CoreVerdict verdict = _coreFilters.Judge(target, ref part, _pass.MinRegionSize, _cuts);
            if (!verdict.Rejected) sizeByScore[Priority(part)] += part.Size;
        }
    }
}
