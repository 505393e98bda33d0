using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon.Reading;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Reading.Draws;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>
/// Reads when tenants come: one by one, from a file, and in streams. What is drawn is drawn for each tenant anew, from the run's seed, its stream
/// (<c>arrivals</c> and <c>trace</c> are ones) and its number there.
/// </summary>
/// <param name="each">The keys of arrivals and streams.</param>
/// <param name="run">The run.</param>
/// <param name="files">The files that a scenario names.</param>
/// <param name="kinds">The kinds of tenants.</param>
internal sealed class ArrivalsReader(EachSections each, RunSettings run, ScenarioFiles files, TenantKinds kinds)
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;
    private const int Most = 50_000;

    // So many tell how often tenants come: at a rate well above that which could be let in, the others need not be drawn to refuse them.
    private const int Telling = 1_000;

    private int _count;

    /// <summary>All that come while the run goes on, by time; of one time first those of the list, then of the file, then of the streams in order.</summary>
    public ImmutableArray<TenantArrival> Read(LayeredSection tenants)
    {
        // Also of kinds that nobody is of, it is looked at.
        for (int kind = 0; kind < kinds.All.Length; kind++) LifetimeOf(kind, new HostDraws(each, run.Seed, TenantsPlan.Name));
        IEnumerable<TenantArrival> all = Listed(tenants).Concat(Traced(tenants));
        foreach ((string name, LayeredSection stream) in tenants.Entries("streams", each, "tenant-stream")) all = all.Concat(OfStream(name, stream));
        TenantArrival[] arrivals = [.. all.Where(arrival => arrival.AtUs < run.DurationUs).OrderBy(arrival => arrival.AtUs)];
        if (_count == 0) tenants.Refuse("streams", "at least one stream, or arrivals, or a trace");
        return [.. arrivals];
    }

    private List<TenantArrival> Listed(LayeredSection tenants)
    {
        List<TenantArrival> arrivals = [];
        foreach (LayeredSection item in tenants.Items("arrivals", each, "tenant-arrival"))
        {
            HostDraws draws = DrawsOf("arrivals");
            int kind = Kind(item.With(draws));
            ulong? own = item.With(draws).DurationUsOrNull("lifetime", 1, LongestUs);
            arrivals.Add(new TenantArrival(item.With(draws).DurationUs("at", 0, LongestUs), kind, own ?? LifetimeOf(kind, draws)));
        }

        return arrivals;
    }

    private List<TenantArrival> Traced(LayeredSection tenants)
    {
        List<TenantArrival> arrivals = [];
        if (tenants.FileOrNull("trace") is not { } file || files.ReadText(file) is not { } text) return arrivals;
        foreach (TracedArrival line in TenantTrace.Read(file, text, kinds))
        {
            HostDraws draws = DrawsOf("trace");
            arrivals.Add(new TenantArrival(line.AtUs, line.Kind, line.LifetimeUs ?? LifetimeOf(line.Kind, draws)));
        }

        return arrivals;
    }

    private List<TenantArrival> OfStream(string name, LayeredSection stream)
    {
        List<TenantArrival> arrivals = [];
        ulong from = stream.DurationUs("from", 0, LongestUs);
        ulong at = from;
        ulong to = stream.DurationUsOrNull("to", 0, LongestUs) ?? ulong.MaxValue;
        if (to <= at) stream.Refuse("to", "a time after from");
        to = Math.Min(to, run.DurationUs);
        for (int i = 0; ; i++)
        {
            HostDraws draws = DrawsOf(string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"));
            LayeredSection own = stream.With(draws);
            ulong? every = own.DurationUsOrNull("every", 1, LongestUs);
            int kind = Kind(own);
            if (every is not { } gap)
            {
                stream.Refuse("every", "the time from one tenant to the next, mostly drawn: { draw = exponential, mean = 10 s }");
                break;
            }

            at += gap;
            if (at >= to) break;
            bool areTooMany = i == Most || (!draws.HaveDrawn && (to - at) / gap >= Most)
                || (i == Telling && (to - from) / Math.Max(1, (at - from) / Telling) > Most + (Most / 4));
            if (areTooMany)
            {
                stream.Refuse("every", string.Create(CultureInfo.InvariantCulture, $"times with which at most {Most} tenants come"));
                break;
            }

            arrivals.Add(new TenantArrival(at, kind, LifetimeOf(kind, draws)));
        }

        return arrivals;
    }

    /// <summary>For how long a tenant of a kind lives.</summary>
    private ulong LifetimeOf(int kind, HostDraws draws) =>
        kind < kinds.All.Length ? kinds.All[kind].Section.With(draws).DurationUsOrNull("lifetime", 1, LongestUs) ?? ulong.MaxValue : ulong.MaxValue;

    /// <summary>Index of the kind that a section names; where there is but one, none has to be named.</summary>
    private int Kind(LayeredSection section)
    {
        if (section.TextOrNull("kind") is not { } name)
        {
            if (kinds.All.Length > 1) section.Refuse("kind", kinds.Names);
            return 0;
        }

        int kind = kinds.IndexOf(name);
        if (kind >= 0) return kind;
        string hint = NearestName.Find(name, kinds.All.Select(one => one.Name)) is { } nearest ? $"; did you mean '{nearest}'?" : "";
        section.Refuse("kind", kinds.Names + hint);
        return 0;
    }

    private HostDraws DrawsOf(string tenant)
    {
        _count++;
        return new HostDraws(each, run.Seed, $"{TenantsPlan.Name}/{tenant}");
    }
}
