using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>The attributes of a context besides targets, probes and schemes, by the context's index (spec section 5).</summary>
internal sealed class ContextAttributes
{
    private static readonly string[] _sampleControl =
    [
        "sample_primitives", "exp_ops_use_reports", "exp_ops_write_only", "exp_ops_cpus", "exp_ops_tids",
    ];

    private readonly ParsedOptions _options;
    private readonly DamoEnvironment _environment;
    private readonly ICollection<Notice> _notices;
    private readonly int[] _paused;

    internal ContextAttributes(ParsedOptions options, DamoEnvironment environment, ICollection<Notice> notices)
    {
        (_options, _environment, _notices) = (options, environment, notices);
        _paused = options.Use("pause_ctx") is { } use ? Dealing.Counts(use) : [];
    }

    /// <summary>Checks what concerns all contexts and gives notices of surplus uses.</summary>
    internal void Check(int nrContexts)
    {
        DocumentBuilder.NoticeSurplus(_notices, _options.Uses("damon_addr_unit"), nrContexts, "contexts");
        foreach (int index in _paused)
        {
            if (index >= nrContexts)
                _notices.Add(_options.Use("pause_ctx")!.Notice(NoticeCode.Ignored, $"--pause_ctx {index} has no effect: there is no such context"));
        }

        foreach (OptionUse use in _options.Uses("sample_primitives"))
        {
            if (use.Words.Count != 1) throw use.Refuse($"found {use.Words.Count} words, allowed is exactly one: page_table or page_fault");
        }

        if (_options.Use("sample_primitives") is { } primitives && _options.Has("exp_ops_use_reports"))
            throw primitives.Refuse("it cannot be used together with --exp_ops_use_reports; allowed is one of them");
        if (_environment.HasSampleControl) return;
        foreach (string name in _sampleControl)
        {
            if (_options.Use(name) is { } use)
                _notices.Add(use.Notice(NoticeCode.Ignored, $"--{name} has no effect: mainline kernels have no sampling control"));
        }
    }

    internal Number AddrUnit(int context, Operations ops)
    {
        if (_options.Use("damon_addr_unit", context) is not { } use) return 1;
        Number unit = use.Read(0, ValueReader.Bytes);
        return ops == Operations.Paddr || unit == 1
            ? unit
            : throw use.Refuse($"'{use.Words[0]}' needs paddr, but context {context} watches {Keywords.Operations.Word(ops)}; allowed there is 1");
    }

    internal Intervals Intervals(int context)
    {
        OptionUse? triple = _options.Use("monitoring_intervals", context);
        Intervals basis = triple is null
            ? Document.Intervals.Default
            : new(
                triple.Read(0, ValueReader.Microseconds),
                triple.Read(1, ValueReader.Microseconds),
                triple.Read(2, ValueReader.Microseconds),
                IntervalsGoal.Off);
        return new(
            Single("sample", context, ValueReader.Microseconds) ?? basis.SampleUs,
            Single("aggr", context, ValueReader.Microseconds) ?? basis.AggrUs,
            Single("updr", context, ValueReader.Microseconds) ?? basis.OpsUpdateUs,
            Goal(context));
    }

    internal NrRegions NrRegions(int context)
    {
        OptionUse? pair = _options.Use("monitoring_nr_regions_range", context);
        NrRegions basis = pair is null ? Document.NrRegions.Default : new(pair.Read(0, ValueReader.Nr), pair.Read(1, ValueReader.Nr));
        return new(Single("minr", context, ValueReader.Nr) ?? basis.Min, Single("maxr", context, ValueReader.Nr) ?? basis.Max);
    }

    internal bool IsPaused(int context) => _paused.Contains(context);

    /// <summary>Any word means "use reports", also N: damo takes every non-empty text for true.</summary>
    internal SampleControl SampleControl(int context)
    {
        if (!_environment.HasSampleControl) return Document.SampleControl.Default;
        bool usesReports = IsGiven("sample_primitives", context) || IsGiven("exp_ops_use_reports", context);
        var filters = new List<SampleFilter>();
        if (IsGiven("exp_ops_write_only", context)) filters.Add(new("write", true, true, null, null));
        if (IsGiven("exp_ops_cpus", context))
            filters.Add(new("cpumask", true, true, _options.Use("exp_ops_cpus", context)!.Words[0], null));
        if (IsGiven("exp_ops_tids", context))
            filters.Add(new("threads", true, true, null, _options.Use("exp_ops_tids", context)!.Words[0]));
        return new(!usesReports, usesReports, filters.ToSequence());
    }

    private bool IsGiven(string name, int context) => _options.Use(name, context) is { } use && use.Words[0].Length > 0;

    private IntervalsGoal Goal(int context)
    {
        OptionUse? use = _options.Use("monitoring_intervals_goal", context);
        if (!_options.Has("monitoring_intervals_autotune"))
        {
            return use is null
                ? IntervalsGoal.Off
                : new(
                    use.Read(0, ValueReader.BasisPoints),
                    use.Read(1, ValueReader.Nr),
                    use.Read(2, ValueReader.Microseconds),
                    use.Read(3, ValueReader.Microseconds));
        }

        if (use is not null)
        {
            _notices.Add(use.Notice(NoticeCode.Ignored, "--monitoring_intervals_goal has no effect: --monitoring_intervals_autotune wins"));
        }

        return IntervalsGoal.Autotune;
    }

    private Number? Single(string name, int context, Func<string, Number> read) => _options.Use(name, context)?.Read(0, read);
}
