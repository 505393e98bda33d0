using System.Text.Json;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Functions;

/// <summary>Looks at a region during a walk over all targets.</summary>
/// <param name="target">Index of the region's target.</param>
/// <param name="region">The region; cutting it leaves its left part.</param>
/// <param name="isLast">Whether it is its target's last one.</param>
/// <param name="cuts">Takes the cuts; the right parts are visited next.</param>
/// <returns>The answers to be compared, in the order in which they are recorded.</returns>
internal delegate bool[] RegionVisit(int target, ref Region region, bool isLast, RegionCutList cuts);

/// <summary>Walks over regions that are cut on the way, against recorded visits <c>[target, start, end, answer, ...]</c>.</summary>
/// <param name="comparison">Takes the visits.</param>
/// <param name="expected">The recorded visits.</param>
internal sealed class RegionVisits(Comparison comparison, JsonElement expected)
{
    private readonly RegionCutList _cuts = new();
    private readonly Stack<Region> _rights = new();
    private int _visited;

    /// <summary>Visits all regions of all targets in order, the parts that a visit cuts off included.</summary>
    public void Walk(Target[] targets, RegionVisit visit)
    {
        for (int target = 0; target < targets.Length; target++)
        {
            var regions = targets[target].Regions;
            for (int i = 0; i < regions.Count; i++)
            {
                _rights.Push(regions[i]);
                while (_rights.TryPop(out var region))
                {
                    Visit(target, ref region, isLast: i == regions.Count - 1 && _rights.Count == 0, visit);
                    regions.Emit(region);
                }
            }

            regions.EndPass();
        }

        comparison.Expect("the number of visits", (ulong)expected.GetArrayLength(), (ulong)_visited);
    }

    private void Visit(int target, ref Region region, bool isLast, RegionVisit visit)
    {
        _cuts.Clear();
        var left = region;
        bool[] answers = visit(target, ref left, isLast, _cuts);
        foreach (var cut in _cuts.Memory.Span) _rights.Push(region.SplitAt(cut.Address - region.Start));
        Compare(target, region, answers);
        _visited++;
    }

    private void Compare(int target, in Region region, bool[] answers)
    {
        if (_visited >= expected.GetArrayLength()) return;
        var visit = expected[_visited];
        string name = $"visits[{_visited}]";
        comparison.Expect($"{name}.target", visit[0].GetUInt64(), (ulong)target);
        comparison.Expect($"{name}.start", visit[1].GetUInt64(), region.Start);
        comparison.Expect($"{name}.end", visit[2].GetUInt64(), region.End);
        for (int i = 0; i < answers.Length; i++)
            comparison.Expect($"{name}[{3 + i}]", visit[3 + i].GetBoolean() ? 1UL : 0UL, answers[i] ? 1UL : 0UL);
    }
}
