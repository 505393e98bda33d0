using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Reading;

/// <summary>
/// Reads documents leniently (spec section 8): numbers or value texts, defaults for everything but the required keys, old names.
/// </summary>
public sealed class DocumentReader
{
    private readonly ICollection<Notice> _notices;

    /// <summary>Makes a reader.</summary>
    /// <param name="notices">Gets a notice for each key that has no effect.</param>
    public DocumentReader(ICollection<Notice> notices) => _notices = notices;

    /// <summary>Reads a document from a JSON text, or YAML when the name ends in .yaml or .yml.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Name of the file or option, for messages.</param>
    /// <exception cref="DamoException">The text cannot be read or lacks something.</exception>
    public DamoDocument Read(string text, string name) => Read(ReadTree(text, name), name);

    /// <summary>Reads a document from a tree.</summary>
    /// <param name="root">The root: a mapping with the key kdamonds.</param>
    /// <param name="name">Name of the file or option, for messages.</param>
    /// <exception cref="DamoException">Something is missing or wrong; the message names the path.</exception>
    public DamoDocument Read(TreeNode root, string name)
    {
        var cursor = new TreeCursor(root, name);
        cursor.NoticeUnknown(_notices, "kdamonds");
        return new(cursor.Required("kdamonds").Items().Select(ReadKdamond).ToSequence());
    }

    /// <summary>Reads a list of kdamonds: the value of a document's only key.</summary>
    /// <param name="text">A JSON text.</param>
    /// <param name="name">Name of the list, with which the paths in messages begin.</param>
    /// <exception cref="DamoException">Something is missing or wrong; the message names the path.</exception>
    public DamoDocument ReadKdamonds(string text, string name) =>
        new(new TreeCursor(JsonTree.Read(text, name), name).Items().Select(ReadKdamond).ToSequence());

    /// <summary>Reads a list of schemes, as <c>--schemes</c> takes it.</summary>
    /// <param name="text">A JSON text.</param>
    /// <param name="name">Name of the file or option, for messages.</param>
    /// <exception cref="DamoException">Something is missing or wrong; the message names the path.</exception>
    public Sequence<Scheme> ReadSchemes(string text, string name) =>
        new TreeCursor(ReadTree(text, name), name).Items().Select(new SchemeReader(_notices).Read).ToSequence();

    private static TreeNode ReadTree(string text, string name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal)
            ? YamlTree.Read(text, name)
            : JsonTree.Read(text, name);

    private Kdamond ReadKdamond(TreeCursor node)
    {
        node.NoticeUnknown(_notices, "refresh_ms", "contexts", "state", "pid");
        return new(
            node.Optional("refresh_ms")?.Number(ValueReader.Milliseconds) ?? Number.Zero,
            node.Required("contexts").Items().Select(ReadContext).ToSequence());
    }

    private MonitoringContext ReadContext(TreeCursor node)
    {
        node.NoticeUnknown(
            _notices, "ops", "addr_unit", "targets", "intervals", "nr_regions", "probes", "sample_control", "pause", "schemes");
        return new(
            node.Required("ops").Word(Keywords.Operations),
            node.Optional("addr_unit")?.Number(ValueReader.Bytes) ?? 1,
            node.Required("targets").Items().Select(ReadTarget).ToSequence(),
            node.Optional("intervals") is { } intervals ? ReadIntervals(intervals) : Intervals.Default,
            node.Optional("nr_regions") is { } regions
                ? new(regions.Required("min").Number(ValueReader.Nr), regions.Required("max").Number(ValueReader.Nr))
                : NrRegions.Default,
            node.Optional("probes")?.Items().Select(ReadProbe).ToSequence() ?? [],
            node.Optional("sample_control") is { IsNull: false } control ? ReadSampleControl(control) : SampleControl.Default,
            node.Optional("pause")?.Bool() ?? false,
            node.Optional("schemes")?.Items().Select(new SchemeReader(_notices).Read).ToSequence() ?? []);
    }

    private Target ReadTarget(TreeCursor node)
    {
        node.NoticeUnknown(_notices, "pid", "obsolete", "regions");
        return new(
            node.Required("pid").NumberOrNull(ValueReader.Nr),
            node.Optional("obsolete")?.Bool() ?? false,
            node.Required("regions").Items().Select(ReadRange).ToSequence());
    }

    internal static AddressRange ReadRange(TreeCursor node) =>
        new(node.Required("start").Number(ValueReader.Bytes), node.Required("end").Number(ValueReader.Bytes));

    private Intervals ReadIntervals(TreeCursor node)
    {
        node.NoticeUnknown(_notices, "sample_us", "aggr_us", "ops_update_us", "intervals_goal");
        return new(
            node.Required("sample_us").Number(ValueReader.Microseconds),
            node.Required("aggr_us").Number(ValueReader.Microseconds),
            node.Required("ops_update_us").Number(ValueReader.Microseconds),
            node.Optional("intervals_goal") is { IsNull: false } goal ? ReadGoal(goal) : IntervalsGoal.Off);
    }

    private static IntervalsGoal ReadGoal(TreeCursor node) => new(
        node.Required("access_bp").Number(ValueReader.BasisPoints),
        node.Required("aggrs").Number(ValueReader.Nr),
        node.Required("min_sample_us").Number(ValueReader.Microseconds),
        node.Required("max_sample_us").Number(ValueReader.Microseconds));

    private Probe ReadProbe(TreeCursor node)
    {
        node.NoticeUnknown(_notices, "weight", "filters");
        return new Probe(node.Required("filters").Items().Select(filter => new ProbeFilter(
            filter.Required("filter_type").Text(),
            filter.Required("matching").Bool(),
            filter.Required("allow").Bool(),
            filter.Required("path").TextOrNull())).ToSequence())
        {
            Weight = node.Optional("weight")?.Number(ValueReader.Nr) ?? Number.Zero,
        };
    }

    private static SampleControl ReadSampleControl(TreeCursor node)
    {
        TreeCursor? primitives = node.Optional("primitives_enabled");
        return new(
            primitives?.Optional("page_table")?.Bool() ?? true,
            primitives?.Optional("page_fault")?.Bool() ?? false,
            node.Optional("sample_filters")?.Items().Select(filter => new SampleFilter(
                filter.Required("filter_type").Text(),
                filter.Required("matching").Bool(),
                filter.Optional("allow")?.Bool() ?? false,
                filter.Optional("cpumask")?.TextOrNull(),
                filter.Optional("tid_arr")?.TextOrNull())).ToSequence() ?? []);
    }
}
