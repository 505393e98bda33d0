using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>
/// Builds a document from a parsed command line (spec sections 4 to 7): the n-th use of an option belongs to the n-th object,
/// missing ones take defaults, and counting options deal targets, schemes, probes and contexts to their owners.
/// </summary>
/// <param name="options">The command line.</param>
/// <param name="environment">The machine, its files and programs.</param>
/// <param name="notices">Gets what damo would do without a word.</param>
public sealed class DocumentBuilder(ParsedOptions options, DamoEnvironment environment, ICollection<Notice> notices)
{
    private static readonly string[] _contextOptions =
    [
        "ops", "sample", "aggr", "updr", "minr", "maxr", "monitoring_intervals", "monitoring_intervals_goal", "monitoring_nr_regions_range",
    ];

    private static readonly string[] _outputOptions =
    [
        "include_child_tasks", "quota_goals_only", "debug_damon", "damon_interface_DEPRECATED",
        "format", "raw", "omit_defaults", "out", "add", "remove", "replace",
    ];

    /// <summary>Builds the document.</summary>
    /// <exception cref="DamoException">damo would refuse the command line.</exception>
    public DamoDocument Build()
    {
        if (options.Use("kdamonds") is { } file) return ReadWhole(file);
        DeducedTarget deduced = DeducedTarget.Of(options, environment, notices);
        if (deduced.Document is null) return BuildFromOptions(deduced);
        NoticeIgnored("the positional document", []);
        return deduced.Document;
    }

    private DamoDocument ReadWhole(OptionUse use)
    {
        NoticeIgnored("--kdamonds", ["kdamonds"]);
        return use.Read(0, word =>
        {
            (string text, string name) = DocumentSource.Of(word, environment.Files);
            return new DocumentReader(notices).Read(Trees.JsonTree.Read(text, name), name);
        });
    }

    private void NoticeIgnored(string winner, string[] exceptions)
    {
        foreach (string name in options.Names)
        {
            if (exceptions.Contains(name) || _outputOptions.Contains(name)) continue;
            notices.Add(options.Use(name)!.Notice(NoticeCode.Ignored, $"--{name} has no effect: {winner} describes everything"));
        }
    }

    private DamoDocument BuildFromOptions(DeducedTarget deduced)
    {
        int nrContexts = CountContexts(deduced);
        var targets = new TargetBuilder(options, environment.SystemRam, deduced, notices);
        int[] nrTargets = Dealing.Deal(options.Use("nr_targets"), nrContexts, targets.Count(nrContexts), "contexts", "targets", "nr_targets");

        IReadOnlyList<Scheme> schemes = new SchemeBuilder(options, environment, notices).Build();
        int[] nrSchemes = Dealing.Deal(options.Use("nr_schemes"), nrContexts, schemes.Count, "contexts", "schemes", "nr_schemes");
        List<IReadOnlyList<Scheme>> schemesByContext = Dealing.Cut(schemes, nrSchemes);

        IReadOnlyList<Probe> probes = ProbeBuilder.Build(options);
        int[] nrProbes = Dealing.Deal(options.Use("nr_probes"), nrContexts, probes.Count, "contexts", "probes", "nr_probes");
        List<IReadOnlyList<Probe>> probesByContext = Dealing.Cut(probes, nrProbes);

        var attributes = new ContextAttributes(options, environment, notices);
        attributes.Check(nrContexts);
        var contexts = new List<MonitoringContext>(nrContexts);
        int firstTarget = 0;
        for (int i = 0; i < nrContexts; i++)
        {
            Operations ops = targets.OpsOf(i);
            contexts.Add(new(
                ops,
                attributes.AddrUnit(i, ops),
                targets.Build(ops, firstTarget, nrTargets[i]),
                attributes.Intervals(i),
                attributes.NrRegions(i),
                probesByContext[i].ToSequence(),
                attributes.SampleControl(i),
                attributes.IsPaused(i),
                schemesByContext[i].ToSequence()));
            firstTarget += nrTargets[i];
        }

        return new(Kdamonds(contexts));
    }

    private int CountContexts(DeducedTarget deduced)
    {
        int count = 1;
        foreach (string name in _contextOptions)
        {
            if (name != "ops" || deduced.Ops is null) count = Math.Max(count, options.Uses(name).Count);
        }

        foreach (string name in (ReadOnlySpan<string>)["nr_targets", "nr_schemes", "nr_probes"])
            count = Math.Max(count, options.Use(name)?.Words.Count ?? 0);
        return count;
    }

    private Sequence<Kdamond> Kdamonds(List<MonitoringContext> contexts)
    {
        int[] counts = options.Use("nr_ctxs") is { } use ? Dealing.Counts(use) : [contexts.Count];
        if (options.Use("nr_ctxs") is { } sum) Dealing.CheckSum(sum, counts, contexts.Count, "contexts");
        List<IReadOnlyList<MonitoringContext>> parts = Dealing.Cut(contexts, counts);
        IReadOnlyList<OptionUse> refreshes = options.Uses("refresh_stat");
        var kdamonds = new List<Kdamond>(parts.Count);
        for (int i = 0; i < parts.Count; i++)
        {
            Number refresh = i < refreshes.Count ? refreshes[i].Read(0, ValueReader.Milliseconds) : Number.Zero;
            kdamonds.Add(new(refresh, parts[i].ToSequence()));
        }

        NoticeSurplus(notices, refreshes, parts.Count, "kdamonds");
        return kdamonds.ToSequence();
    }

    /// <summary>Gives a notice for each use beyond the number of objects.</summary>
    internal static void NoticeSurplus(ICollection<Notice> notices, IReadOnlyList<OptionUse> uses, int count, string objects)
    {
        for (int i = count; i < uses.Count; i++)
        {
            string message = $"{uses[i].Option.LongForm} number {i + 1} has no effect: there are only {count} {objects}";
            notices.Add(uses[i].Notice(NoticeCode.Surplus, message));
        }
    }
}
