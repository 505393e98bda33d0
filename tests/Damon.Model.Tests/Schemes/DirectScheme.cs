using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.Schemes;

/// <summary>A scheme at work without actors: what it applies is decided by a test, and its cuts are checked.</summary>
internal sealed class DirectScheme : ISchemeAgent, ISchemePorts
{
    public DirectScheme(SchemeSettings settings) => Scheme = new Scheme(settings, this);

    public Scheme Scheme { get; }

    /// <summary>How many bytes of a region the action succeeds on; all by default.</summary>
    public Func<Region, ulong> Action { get; init; } = region => region.Size;

    /// <summary>What the goals' tuner allows, 1/10,000 byte.</summary>
    public Func<ulong?> Goals { get; init; } = () => null;

    /// <summary>What was applied in the passes so far, in order; a null ends a pass.</summary>
    public List<(int Target, Region Region)?> Applied { get; } = [];

    public ulong ChargeClockNs { get; private set; }

    public WatermarkLook LookAtWatermarks() => new(Scheme.WatermarkWaitUs(freeMemPermil: 500), Scheme.IsActivated);

    public PassBegun BeginPass(in SchemePass pass)
    {
        var begun = Scheme.BeginPass(pass);
        var targets = pass.Targets;
        (int Target, ulong Address) last = (0, 0);
        foreach (var cut in begun.Cuts.ToArray())
        {
            Assert.True((cut.TargetIndex, cut.Address).CompareTo(last) > 0, "cuts at the begin of a pass are out of order");
            Assert.Contains(
                targets[cut.TargetIndex].Regions.Span.ToArray(), region => region.Start < cut.Address && cut.Address < region.End);
            last = (cut.TargetIndex, cut.Address);
        }

        return begun;
    }

    public RegionVerdict Consider(in RegionOffer offer)
    {
        var verdict = Scheme.Consider(offer);
        ulong end = offer.Region.End;
        foreach (var cut in verdict.Cuts.ToArray())
        {
            Assert.Equal(offer.TargetIndex, cut.TargetIndex);
            Assert.InRange(cut.Address, offer.Region.Start + 1, end - 1);
            end = cut.Address;
        }

        return verdict;
    }

    public void ForgetTarget(int targetIndex) => throw new InvalidOperationException("no target goes away here");

    public void RenumberTargets(ReadOnlyMemory<int> places) => throw new InvalidOperationException("no target moves here");

    public void EndPass() => Applied.Add(null);

    public void Commit(SchemeSettings settings) => Scheme.Commit(settings);

    public void Remove() => throw new InvalidOperationException("nothing is removed here");

    public ActionOutcome Apply(in Region region, int targetIndex, bool passesFilters)
    {
        Applied.Add((targetIndex, region));
        ChargeClockNs += region.Size;
        ulong applied = Action(region);
        return new ActionOutcome(applied, applied);
    }

    public ulong? Tune(ulong effectiveSize) => Goals();
}
