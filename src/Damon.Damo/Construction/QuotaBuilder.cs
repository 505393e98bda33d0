using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>
/// Builds quotas (spec section 6). The trap: the i-th time, space, weights, tuner and fail ratio belong to scheme i, and without the
/// i-th interval scheme i has no quota at all; what was given for it, goals too, is dropped with a notice.
/// </summary>
internal sealed class QuotaBuilder(ParsedOptions options, ICollection<Notice> notices)
{
    private static readonly string[] _sizes = ["damos_quota_time", "damos_quota_space", "damos_quota_weights"];
    private static readonly string[] _tunings = ["damos_quota_goal_tuner", "damos_quota_fail_charge_ratio"];

    internal IReadOnlyList<Quotas> Build(int nrSchemes, List<IReadOnlyList<OptionUse>> goals)
    {
        CheckIntervals();
        bool isWhole = options.Has("damos_quotas");
        var quotas = new Quotas[nrSchemes];
        for (int i = 0; i < nrSchemes; i++)
        {
            Sequence<QuotaGoal> schemeGoals = goals[i].Select(Goal).ToSequence();
            Quotas? basis = isWhole ? Whole(i) : ByInterval(i);
            if (basis is null) NoticeDropped(i, goals[i]);
            quotas[i] = basis is null ? Quotas.None : Tuned(basis with { Goals = schemeGoals }, i);
        }

        foreach (string name in (ReadOnlySpan<string>)[.. _sizes, .. _tunings])
            DocumentBuilder.NoticeSurplus(notices, options.Uses(name), nrSchemes, "schemes");
        return quotas;
    }

    private void CheckIntervals()
    {
        IReadOnlyList<OptionUse> whole = options.Uses("damos_quotas");
        if (whole.Count > 0 && options.Use("damos_quota_interval") is { } both)
            throw both.Refuse("it cannot be used together with --damos_quotas; allowed is one of them");
        if (options.Use("damos_quota_goal") is not { } goal) return;
        bool hasInterval = whole.Count > 0 || options.Has("damos_quota_interval");
        if (!hasInterval || whole.Any(use => use.Words.Count < 3))
            throw goal.Refuse(
                "a goal needs a quota with a reset interval; give --damos_quota_interval, or three words or more to each --damos_quotas");
    }

    private Quotas? ByInterval(int scheme)
    {
        if (options.Use("damos_quota_interval", scheme) is not { } interval) return null;
        QuotaWeights weights = options.Use("damos_quota_weights", scheme) is { } use
            ? new(use.Read(0, ValueReader.Permil), use.Read(1, ValueReader.Permil), use.Read(2, ValueReader.Permil))
            : new(1, 1, 1);
        return Quotas.None with
        {
            TimeMs = options.Use("damos_quota_time", scheme)?.Read(0, ValueReader.Milliseconds) ?? Number.Zero,
            SizeBytes = options.Use("damos_quota_space", scheme)?.Read(0, ValueReader.Bytes) ?? Number.Zero,
            ResetIntervalMs = interval.Read(0, ValueReader.Milliseconds),
            Weights = weights,
        };
    }

    private Quotas? Whole(int scheme)
    {
        foreach (string name in _sizes)
        {
            if (options.Use(name, scheme) is { } ignored)
                notices.Add(ignored.Notice(NoticeCode.QuotaPartDropped, $"--{name} has no effect: --damos_quotas describes the quota"));
        }

        if (options.Use("damos_quotas", scheme) is not { } use) return null;
        if (use.Words.Count > 6) throw use.Refuse($"found {use.Words.Count} words, allowed are 1 to 6: {use.Option.Words}");
        Number Word(int index, Func<string, Number> read, Number absent) => index < use.Words.Count ? use.Read(index, read) : absent;
        return Quotas.None with
        {
            TimeMs = Word(0, ValueReader.Milliseconds, 0),
            SizeBytes = Word(1, ValueReader.Bytes, 0),
            ResetIntervalMs = Word(2, ValueReader.Milliseconds, Number.Max),
            Weights = new(Word(3, ValueReader.Permil, 0), Word(4, ValueReader.Permil, 0), Word(5, ValueReader.Permil, 0)),
        };
    }

    private Quotas Tuned(Quotas quotas, int scheme)
    {
        if (options.Use("damos_quota_goal_tuner", scheme) is { } tuner) quotas = quotas with { GoalTuner = tuner.Words[0] };
        if (options.Use("damos_quota_fail_charge_ratio", scheme) is { } ratio)
            quotas = quotas with { FailChargeNum = ratio.Read(0, ValueReader.Nr), FailChargeDenom = ratio.Read(1, ValueReader.Nr) };
        return quotas;
    }

    private void NoticeDropped(int scheme, IReadOnlyList<OptionUse> goals)
    {
        string remedy = $"scheme {scheme} has no quota interval; give --damos_quota_interval {scheme + 1} times";
        foreach (OptionUse goal in goals)
            notices.Add(goal.Notice(NoticeCode.GoalDropped, $"the goal {string.Join(' ', goal.Words)} is dropped: {remedy}"));
        foreach (string name in (ReadOnlySpan<string>)[.. _sizes, .. _tunings])
        {
            if (options.Use(name, scheme) is { } use && !(options.Has("damos_quotas") && _sizes.Contains(name)))
                notices.Add(use.Notice(NoticeCode.QuotaPartDropped, $"--{name} {string.Join(' ', use.Words)} is dropped: {remedy}"));
        }
    }

    private QuotaGoal Goal(OptionUse use)
    {
        QuotaGoalMetric metric = use.Read(0, Keywords.GoalMetrics.Read);
        int nrExtras = use.Words.Count - 2;
        if (nrExtras is < 0 or > 2) throw use.Refuse($"found {use.Words.Count} words, allowed are 2 to 4: {use.Option.Words}");
        if (GoalValue.IsEligibility(metric)) return EligibilityGoal(use, metric);
        Number target = use.Read(1, text => GoalValue.Reader(metric)(text));
        if (metric == QuotaGoalMetric.UserInput)
        {
            return nrExtras == 1
                ? new(metric, target, use.Read(2, ValueReader.Nr), null, null)
                : throw use.Refuse("user_input takes a target and exactly one current value");
        }

        if (GoalValue.HasMemcg(metric))
        {
            return nrExtras == 2
                ? new(metric, target, 0, use.Read(2, ValueReader.Nr), use.Words[3])
                : throw use.Refuse($"{use.Words[0]} takes a target, a node id and the path of a control group; found {Extras(use)}");
        }

        if (GoalValue.HasNode(metric))
        {
            return nrExtras == 1
                ? new(metric, target, 0, use.Read(2, ValueReader.Nr), null)
                : throw use.Refuse($"{use.Words[0]} takes a target and exactly one node id; found {Extras(use)}");
        }

        if (nrExtras > 0)
            notices.Add(use.Notice(NoticeCode.Ignored, $"'{Extras(use)}' has no effect: {use.Words[0]} takes only a target"));
        return new(metric, target, 0, null, null);
    }

    /// <summary>
    /// damo 3.3.0 takes node_eligible_mem_bp with a plain number only and loses the node id. The form METRIC PERCENT% NODE, which
    /// the kernel series documents, is accepted for it and for node_ineligible_mem_bp as an extension that keeps the node.
    /// </summary>
    private QuotaGoal EligibilityGoal(OptionUse use, QuotaGoalMetric metric)
    {
        if (use.Words.Count == 3 && use.Words[1].EndsWith('%'))
        {
            notices.Add(use.Notice(NoticeCode.Extension, $"{string.Join(' ', use.Words)} is accepted beyond damo 3.3.0"));
            return new(metric, use.Read(1, ValueReader.BasisPoints), 0, use.Read(2, ValueReader.Nr), null);
        }

        if (metric == QuotaGoalMetric.NodeIneligibleMemBp)
            throw use.Refuse(
                "damo does not know node_ineligible_mem_bp; allowed as an extension is node_ineligible_mem_bp PERCENT% NODE, such as 30% 0");
        if (use.Words.Count > 2)
        {
            notices.Add(use.Notice(
                NoticeCode.NodeIdLost,
                $"the node id '{Extras(use)}' of {use.Words[0]} is lost and the kernel takes its default node; a target in percent keeps it"));
        }

        return new(metric, use.Read(1, ValueReader.Nr), 0, null, null);
    }

    private static string Extras(OptionUse use) => use.Words.Count > 2 ? string.Join(' ', use.Words.Skip(2)) : "none";
}
