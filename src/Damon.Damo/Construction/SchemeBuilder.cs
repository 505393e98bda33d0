using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>Builds schemes: one for each --damos_action, the n-th of every other option belongs to the n-th (spec section 6).</summary>
internal sealed class SchemeBuilder(ParsedOptions options, DamoEnvironment environment, ICollection<Notice> notices)
{
    private static readonly string[] _checked =
    [
        "damos_sz_region", "damos_access_rate", "damos_age", "damos_apply_interval", "damos_quota_interval", "damos_quotas", "damos_wmarks",
        "damos_max_nr_snapshots",
    ];

    internal IReadOnlyList<Scheme> Build()
    {
        IReadOnlyList<OptionUse> actions = options.Uses("damos_action");
        if (actions.Count == 0) return WithoutActions();
        if (options.Use("schemes") is { } ignored)
            notices.Add(ignored.Notice(NoticeCode.Ignored, "--schemes has no effect: --damos_action wins"));
        foreach (string name in _checked)
        {
            if (options.Use(name, actions.Count) is { } surplus)
                throw surplus.Refuse(
                    $"it is used {options.Uses(name).Count} times, allowed are at most as many as --damos_action: {actions.Count}");
        }

        List<IReadOnlyList<OptionUse>> filters = DealUses("damos_filter", "damos_nr_filters", actions.Count);
        IReadOnlyList<Quotas> quotas = new QuotaBuilder(options, notices)
            .Build(actions.Count, DealUses("damos_quota_goal", "damos_nr_quota_goals", actions.Count));
        var schemes = new List<Scheme>(actions.Count);
        for (int i = 0; i < actions.Count; i++)
        {
            (SchemeAction action, Sequence<Destination> destinations, Number? nid) = Action(actions[i]);
            schemes.Add(new(
                action,
                destinations,
                nid,
                Pattern(i),
                options.Use("damos_apply_interval", i)?.Read(0, ValueReader.Microseconds) ?? Number.Zero,
                quotas[i],
                Watermarks(i),
                new FilterGrammar(notices).Parse(filters[i]),
                options.Use("damos_max_nr_snapshots", i)?.Read(0, ValueReader.Nr) ?? Number.Zero));
        }

        return schemes;
    }

    private Sequence<Scheme> WithoutActions()
    {
        foreach (string name in options.Names)
        {
            if (name.StartsWith("damos_", StringComparison.Ordinal))
                throw options.Use(name)!.Refuse("it needs a scheme, but --damos_action is not given");
        }

        return options.Use("schemes") is not { } use ? [] : use.Read(0, word =>
        {
            (string text, string name) = DocumentSource.Of(word, environment.Files);
            return new DocumentReader(notices).ReadSchemes(text, name);
        });
    }

    private List<IReadOnlyList<OptionUse>> DealUses(string name, string countName, int nrSchemes)
    {
        IReadOnlyList<OptionUse> uses = options.Uses(name);
        int[] counts = Dealing.Deal(options.Use(countName), nrSchemes, uses.Count, "schemes", $"uses of --{name}", countName);
        return Dealing.Cut(uses, counts);
    }

    private static (SchemeAction Action, Sequence<Destination> Destinations, Number? Nid) Action(OptionUse use)
    {
        SchemeAction action = use.Read(0, Keywords.Actions.Read);
        int nrArguments = use.Words.Count - 1;
        if (nrArguments == 0) return (action, [], null);
        if (action is not (SchemeAction.MigrateHot or SchemeAction.MigrateCold))
            throw use.Refuse(
                $"'{use.Words[0]}' takes no argument, found '{string.Join(' ', use.Words.Skip(1))}'; only migrate_hot and migrate_cold take some");
        if (nrArguments == 1) return (action, [], use.Read(1, ValueReader.Nr));
        if (nrArguments % 2 != 0)
            throw use.Refuse($"'{use.Words[0]}' takes one node id, or pairs of a node id and a weight; found {nrArguments} arguments");
        var destinations = new List<Destination>();
        for (int i = 1; i < use.Words.Count; i += 2) destinations.Add(new(use.Read(i, ValueReader.Nr), use.Read(i + 1, ValueReader.Nr)));
        return (action, destinations.ToSequence(), null);
    }

    private AccessPattern Pattern(int scheme)
    {
        AccessPattern pattern = AccessPattern.Default;
        if (options.Use("damos_sz_region", scheme) is { } size)
            pattern = pattern with { MinSizeBytes = size.Read(0, ValueReader.Bytes), MaxSizeBytes = size.Read(1, ValueReader.Bytes) };
        if (options.Use("damos_access_rate", scheme) is { } rate)
            pattern = pattern with { AccessRate = new(rate.Read(0, ValueReader.Percent), rate.Read(1, ValueReader.Percent), false) };
        if (options.Use("damos_age", scheme) is { } age)
            pattern = pattern with { Age = new(age.Read(0, ValueReader.Microseconds), age.Read(1, ValueReader.Microseconds), false) };
        return pattern;
    }

    private Watermarks Watermarks(int scheme) => options.Use("damos_wmarks", scheme) is not { } use
        ? Document.Watermarks.None
        : new(
            use.Read(0, Keywords.WatermarkMetrics.Read),
            use.Read(1, ValueReader.Microseconds),
            use.Read(2, ValueReader.Permil),
            use.Read(3, ValueReader.Permil),
            use.Read(4, ValueReader.Permil));
}
