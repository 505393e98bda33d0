using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Scenarios.Reading;

/// <summary>Reads one element of <c>workloads</c>: what all have, and what its kind adds.</summary>
/// <param name="each">The keys of the kinds.</param>
/// <param name="machine">The machine that it is on.</param>
/// <param name="files">The files that workloads name.</param>
/// <param name="durationUs">How long the run is, us.</param>
/// <param name="notices">Gets what is read otherwise than its author may think.</param>
internal sealed class WorkloadReader(
    EachSections each, Machine machine, ScenarioFiles files, ulong durationUs, ICollection<string> notices)
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;
    private const ulong MaxSize = 1UL << 46;
    private const ulong MaxSteps = 100_000;
    private const ulong MaxChunks = 1_000_000;

    private static readonly string[] s_kinds =
    [
        "phased-regions", "uniform", "zipf", "moving-hot-spot", "periodic-scan", "growing-heap", "page-cache-fill", "mlocked",
        "heat-bands", "masim", "replay",
    ];

    private static readonly string[] s_kindsOfFiles = ["masim", "replay"];

    /// <param name="section">The workload's keys.</param>
    /// <param name="startUs">When the program starts, us.</param>
    /// <param name="memory">The memory of the node that it takes memory of.</param>
    /// <returns>The workload, and its plan on the machine; no plan: there is none, which is reported.</returns>
    public (Workload Workload, WorkloadPlan? Plan) Read(LayeredSection section, ulong startUs, MemoryTier memory)
    {
        string kind = Kind(section);
        LayeredSection own = section.Over(each[kind]);
        Bytes size = new(s_kindsOfFiles.Contains(kind)
            ? section.SizeOrNull("size", 1 << 12, MaxSize) ?? 0
            : section.Size("size", 1 << 12, MaxSize));
        Workload workload = kind switch
        {
            "phased-regions" => PhasedRegions(own, size),
            "uniform" => new Uniform(size, Rate(own), 0),
            "zipf" => Zipf(own, size),
            "moving-hot-spot" => MovingHotSpot(own, size),
            "periodic-scan" => PeriodicScan(own, size),
            "growing-heap" => GrowingHeap(own, size),
            "page-cache-fill" => CacheFill(own, size),
            "heat-bands" => HeatBands(section, own, size),
            "masim" => new MasimWorkloadReader(files, notices, PageShift(section), durationUs).Read(section, own, size, startUs, memory),
            "replay" => new ReplayWorkloadReader(files, PageShift(section)).Read(section, own, size, startUs),
            _ => new Mlocked(size, Period(own)),
        };
        workload = workload with
        {
            FileBacked = section.Flag("file-backed"),
            Huge = section.Flag("huge"),
            WritePercent = (int)(section.BasisPoints("write-share", 0, 10_000) / 100),
        };
        return (workload, PlanOf(section, workload));
    }

    /// <summary>The kind; a file's name under its kind's says it as well.</summary>
    private static string Kind(LayeredSection section) =>
        section.ChoiceOrNull("kind", s_kinds) ?? Array.Find(s_kindsOfFiles, section.IsGiven) ?? section.Choice("kind", s_kinds);

    private int PageShift(LayeredSection section) => section.Flag("huge") ? NodeMemory.HugeShift : machine.PageShift;

    private PhasedRegions PhasedRegions(LayeredSection own, Bytes size)
    {
        ulong regions = own.Count("regions", 1, MaxSteps);
        if (regions > size.ToPages(machine.PageShift)) own.Refuse("regions", "not more regions than the size has pages");
        return new PhasedRegions(size, (uint)regions, (long)own.DurationUs("dwell", 1, LongestUs), Period(own)) { AheadUs = Phase(own) };
    }

    private static Zipf Zipf(LayeredSection own, Bytes size) =>
        new(size, own.Number("total-rate", 0, 1e12), own.Number("exponent", 0, 4), 0) { Scattered = own.Flag("scattered") };

    private static MovingHotSpot MovingHotSpot(LayeredSection own, Bytes size)
    {
        Bytes hot = SizeWithin(own, "hot-size", size);
        Bytes step = SizeWithin(own, "step", size);
        if (size.Value / Math.Max(step.Value, 1) > MaxSteps)
        {
            own.Refuse("step", $"at least a {MaxSteps}th of the size");
            step = size;
        }

        return new MovingHotSpot(size, hot, step, (long)own.DurationUs("dwell", 1, LongestUs), Period(own)) { AheadUs = Phase(own) };
    }

    private static PeriodicScan PeriodicScan(LayeredSection own, Bytes size)
    {
        ulong every = own.DurationUs("every", 1, LongestUs);
        ulong takes = own.DurationUs("takes", 0, LongestUs);
        if (takes >= every) own.Refuse("takes", "less than every");
        return new PeriodicScan(size, (long)every, (long)Math.Min(takes, every - 1)) { AheadUs = Phase(own) };
    }

    private GrowingHeap GrowingHeap(LayeredSection own, Bytes size)
    {
        Bytes least = SizeWithin(own, "least-size", size, 0);
        Bytes step = SizeWithin(own, "step", size);
        ulong every = own.DurationUs("step-every", 1_000, LongestUs);
        if (durationUs / every > MaxSteps)
        {
            own.Refuse("step-every", $"at least a {MaxSteps}th of the run");
            every = durationUs;
        }

        return new GrowingHeap(size, least, step, (long)every, Period(own), (long)durationUs);
    }

    private PageCacheFill CacheFill(LayeredSection own, Bytes size)
    {
        Bytes speed = new(own.Size("speed", 1 << 12, MaxSize));
        UInt128 seconds = UInt128.Min(((UInt128)size.Value / speed.Value) + 1, (durationUs / 1_000_000) + 1);
        bool isLong = UInt128.Min(size.ToPages(machine.PageShift), seconds * PageCacheFill.ChunksPerSecond) > MaxChunks;
        if (isLong) own.Refuse("speed", $"a speed at which the file is read, or the run over, in {MaxChunks / PageCacheFill.ChunksPerSecond} s");
        return new PageCacheFill(size, speed, isLong ? 0 : (long)durationUs);
    }

    private HeatBands HeatBands(LayeredSection section, LayeredSection own, Bytes size)
    {
        HeatBand[] bands = [.. own.Items("bands", each, "band").Select(band =>
            new HeatBand(
                new Bytes(band.Size("size", 1 << 12, MaxSize)),
                (long)(band.DurationUsOrNull("period", 1, LongestUs) ?? 0),
                (uint)band.Count("one-in", 1, HugeBlocks.Pages)))];
        int shift = PageShift(section);
        ulong pages = bands.Aggregate(0UL, (sum, band) => sum + band.Size.ToPages(shift));
        bool fit = bands.Length > 0 && pages <= size.ToPages(shift);
        if (!fit) own.Refuse("bands", "at least one band, and not more together than size");
        return new HeatBands(size, fit ? [.. bands] : [new HeatBand(size, 1)]);
    }

    private static Bytes SizeWithin(LayeredSection own, string key, Bytes size, ulong min = 1 << 12)
    {
        Bytes part = new(own.Size(key, min, MaxSize));
        if (part > size) own.Refuse(key, "not more than size");
        return part > size ? size : part;
    }

    private static double Rate(LayeredSection own) => own.Number("rate", 0, PoissonRule.MaxTouchesPerSecond);

    private static long Phase(LayeredSection own) => (long)own.DurationUs("phase", 0, LongestUs);

    private static long Period(LayeredSection own) => (long)own.DurationUs("period", 1, LongestUs);

    /// <summary>The workload's own rules are the last word.</summary>
    private WorkloadPlan? PlanOf(LayeredSection section, Workload workload)
    {
        try
        {
            return workload.Plan(machine.PageShift);
        }
        catch (ArgumentException error)
        {
            section.Refuse("size", $"numbers that fit together ({error.Message})");
            return null;
        }
    }
}
