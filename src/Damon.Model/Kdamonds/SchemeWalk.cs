using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Kdamonds;

/// <summary>One pass of the due schemes over all regions (spec 7).</summary>
internal sealed class SchemeWalk(MonitoringContext context, IOperations operations)
{
    private readonly List<InstalledScheme> _due = [];
    private readonly Stack<Region> _rights = new();

    /// <summary>Lets the schemes whose time has come adjust their quotas and act.</summary>
    /// <param name="schemes">All schemes.</param>
    /// <param name="jiffies">The kernel's tick, ms.</param>
    public void Run(List<InstalledScheme> schemes, ulong jiffies)
    {
        ulong sis = context.Schedule.Sis;
        _due.Clear();
        SchemePass pass = new(
            context.Targets,
            context.Schedule.Window(context.Attributes),
            context.Attributes.AggregationUs,
            context.MinRegionSize,
            context.AddrUnit,
            operations.IsVirtual,
            jiffies);
        foreach (InstalledScheme scheme in schemes)
        {
            if (scheme.NextApply <= sis && scheme.IsActivated) Begin(scheme, pass);
        }

        if (_due.Count == 0) return;
        ulong sizeLimit = context.SizeLimit;
        for (int target = 0; target < context.Targets.Count; target++) Visit(target, sizeLimit);
        foreach (InstalledScheme scheme in schemes)
        {
            if (scheme.NextApply <= sis) scheme.EndPass(context);
        }
    }

    private void Begin(InstalledScheme scheme, in SchemePass pass)
    {
        PassBegun begun = scheme.Agent.BeginPass(pass);
        CutAt(begun.Cuts.Span);
        scheme.HasRoom = begun.HasRoom;
        _due.Add(scheme);
    }

    /// <summary>Cuts regions where a scheme's core filters have their borders.</summary>
    private void CutAt(ReadOnlySpan<RegionCut> cuts)
    {
        while (!cuts.IsEmpty)
        {
            int target = cuts[0].TargetIndex;
            RegionList regions = context.Targets[target].Regions;
            foreach (ref readonly Region region in regions.Span)
            {
                Region rest = region;
                while (!cuts.IsEmpty && cuts[0].TargetIndex == target && cuts[0].Address < rest.End)
                {
                    Region right = rest.SplitAt(cuts[0].Address - rest.Start);
                    regions.Emit(rest);
                    rest = right;
                    cuts = cuts[1..];
                }

                regions.Emit(rest);
            }

            regions.EndPass();
        }
    }

    private void Visit(int target, ulong sizeLimit)
    {
        if (!operations.IsTargetValid(context.Targets[target]))
        {
            foreach (InstalledScheme scheme in _due) scheme.Agent.ForgetTarget(target);
            return;
        }

        RegionList regions = context.Targets[target].Regions;
        for (int i = 0; i < regions.Count; i++)
        {
            _rights.Push(regions[i]);
            while (_rights.TryPop(out Region region))
            {
                Offer(target, ref region, isLastOfList: i == regions.Count - 1);
                EmitOrGlue(regions, region, sizeLimit);
            }
        }

        regions.EndPass();
    }

    /// <summary>Offers a region to all due schemes; what they cut off on its right is offered next.</summary>
    private void Offer(int target, ref Region region, bool isLastOfList)
    {
        foreach (InstalledScheme scheme in _due)
        {
            if (!scheme.HasRoom) continue;
            RegionVerdict verdict = scheme.Agent.Consider(new RegionOffer(target, region, isLastOfList && _rights.Count == 0));
            foreach (RegionCut cut in verdict.Cuts.Span) _rights.Push(region.SplitAt(cut.Address - region.Start));
            if (verdict.Acted) region.Age = 0;
            scheme.HasRoom = verdict.HasRoom;
        }
    }

    /// <summary>Puts a region back to the one before it if nothing tells them apart.</summary>
    private static void EmitOrGlue(RegionList regions, in Region region, ulong sizeLimit)
    {
        Span<Region> emitted = regions.Emitted;
        if (!emitted.IsEmpty)
        {
            ref Region before = ref emitted[^1];
            if (before.End == region.Start && before.Age == region.Age
                && before.NrAccesses == region.NrAccesses && before.LastNrAccesses == region.LastNrAccesses
                && region.End - before.Start <= sizeLimit)
            {
                before.End = region.End;
                return;
            }
        }

        regions.Emit(region);
    }
}
