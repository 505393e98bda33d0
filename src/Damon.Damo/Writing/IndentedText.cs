using System.Text;
using Damon.Damo.Document;
using Damon.Damo.Values;

namespace Damon.Damo.Writing;

/// <summary>damo's indented text, and what its texts of documents and of running kdamonds say alike of a scheme (console spec section 18).</summary>
/// <param name="raw">Plain digits.</param>
internal abstract class IndentedText(bool raw)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public override string ToString() => _text.ToString();

    protected void Line(string line) => _text.Append(' ', line.Length == 0 ? 0 : 4 * _depth).Append(line).Append('\n');

    protected void Block(string head, Action body)
    {
        Line(head);
        _depth++;
        body();
        _depth--;
    }

    protected string Nr(Number count) => ValuePrinter.Nr(count, raw);

    protected string Size(Number bytes) => ValuePrinter.Size(bytes, raw);

    protected string Us(Number us) => ValuePrinter.Microseconds(us, raw);

    /// <summary>Action, pattern, quotas, watermarks and filters.</summary>
    protected void ParameterLines(Scheme scheme)
    {
        string interval = scheme.ApplyIntervalUs == Number.Zero ? "aggr interval" : Us(scheme.ApplyIntervalUs);
        Line($"action: {Keywords.Actions.Word(scheme.Action)}{Destination(scheme)} per {interval}");
        Block("target access pattern", () => PatternLines(scheme.AccessPattern));
        Block("quotas", () => QuotaLines(scheme.Quotas));
        Block("watermarks", () =>
        {
            Watermarks marks = scheme.Watermarks;
            Line($"metric {Keywords.WatermarkMetrics.Word(marks.Metric)}, interval {Us(marks.IntervalUs)}");
            Line($"{Permil(marks.HighPermil)}, {Permil(marks.MidPermil)}, {Permil(marks.LowPermil)}");
        });
        for (int i = 0; i < scheme.Filters.Count; i++)
        {
            string filter = Filter(scheme.Filters[i]);
            Block($"filter {i}", () => Line(filter));
        }
    }

    /// <summary>A filter in words.</summary>
    protected abstract string Filter(SchemeFilter filter);

    /// <summary>What is said of the ratio by which failed regions are charged.</summary>
    protected virtual void FailChargeLine(Quotas quotas)
    {
        if (quotas.FailChargeDenom != Number.Zero) Line($"fail charge ratio: {Nr(quotas.FailChargeNum)} / {Nr(quotas.FailChargeDenom)}");
    }

    private string Permil(Number permil) => ValuePrinter.Permil(permil, raw);

    private string Destination(Scheme scheme)
    {
        if (scheme.TargetNid is { } nid) return $" to node {Nr(nid)}";
        if (scheme.Destinations.Count == 0) return "";
        return " to nodes " + string.Join(", ", scheme.Destinations.Select(dest => $"{Nr(dest.Id)} (weight {Nr(dest.Weight)})"));
    }

    private void PatternLines(AccessPattern pattern)
    {
        (RateRange rate, AgeRange age) = (pattern.AccessRate, pattern.Age);
        Line($"sz: [{Size(pattern.MinSizeBytes)}, {Size(pattern.MaxSizeBytes)}]");
        Line($"nr_accesses: [{SchemeWriter.Rate(rate.Min, rate.InSamples, raw)}, {SchemeWriter.Rate(rate.Max, rate.InSamples, raw)}]");
        Line($"age: [{SchemeWriter.Age(age.Min, age.InAggregations, raw)}, {SchemeWriter.Age(age.Max, age.InAggregations, raw)}]");
    }

    private void QuotaLines(Quotas quotas)
    {
        string time = ValuePrinter.Milliseconds(quotas.TimeMs, raw), reset = ValuePrinter.Milliseconds(quotas.ResetIntervalMs, raw);
        Line($"{time} / {Size(quotas.SizeBytes)} / {Size(quotas.EffectiveSizeBytes)} per {reset}");
        for (int i = 0; i < quotas.Goals.Count; i++)
        {
            QuotaGoal goal = quotas.Goals[i];
            string place = (goal.Nid, goal.MemcgPath) switch
            {
                ({ } nid, { } path) => $" (nid {Nr(nid)}, memcg {path})",
                ({ } nid, null) => $" (nid {Nr(nid)})",
                _ => "",
            };
            string metric = Keywords.GoalMetrics.Word(goal.Metric);
            Line($"goal {i}: metric {metric}{place} target {Nr(goal.TargetValue)} current {Nr(goal.CurrentValue)}");
        }

        Line($"goal tuner: {quotas.GoalTuner}");
        FailChargeLine(quotas);
        QuotaWeights weights = quotas.Weights;
        Line($"priority: sz {Permil(weights.SizePermil)}, nr_accesses {Permil(weights.AccessesPermil)}, age {Permil(weights.AgePermil)}");
    }
}
