using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Verification.Functions;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;

namespace Damon.Actors.Verification.Golden;

/// <summary>Reads a recorded case as the settings of a host.</summary>
internal static class GoldenHost
{
    public static HostSettings Read(JsonElement @case)
    {
        ImmutableArray<KdamondSettings> kdamonds =
            [.. @case.GetProperty("contexts").EnumerateArray().Select(GoldenContexts.Read)];
        return new HostSettings
        {
            KeepsFeeds = true,
            Name = @case.GetProperty("name").GetString()!,
            Nodes = [.. Items(@case, "nodes").Select(node => new NodeSettings(node.U64("start_pfn"), node.U64("nr_pages")))],
            Memcgs = [.. Items(@case, "memcgs").Select(id => new MemcgSettings(new MemcgId(id.GetUInt64()), $"/{id}"))],
            Processes = [.. Items(@case, "tenants").Select(Process)],
            Kdamonds = kdamonds,
            Events = [.. Items(@case, "events").Select(Event), .. new GoldenUpdates(kdamonds).Read(Items(@case, "updates"))],
            Psi = [.. Items(@case, "psi").Select(Psi)],
            ReclaimSkipsAccessed = @case.TryGetProperty("reclaim_skip_accessed", out JsonElement skips) && Flag(skips),
            StopAtUs = @case.U64("duration_us"),
            Costs = Costs(@case),
        };
    }

    /// <summary>A field that is true or false, or 1 or 0.</summary>
    public static bool Flag(this JsonElement element, string field) => Flag(element.GetProperty(field));

    /// <summary>The name of a tenant's process.</summary>
    public static string ProcessName(int tenant) => string.Create(CultureInfo.InvariantCulture, $"tenant-{tenant}");

    private static bool Flag(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetInt64() != 0 : value.GetBoolean();

    private static IEnumerable<JsonElement> Items(JsonElement @case, string field) =>
        @case.TryGetProperty(field, out JsonElement items) ? items.EnumerateArray() : [];

    private static PsiSegment Psi(JsonElement psi) =>
        new(psi.U64("start_us"), psi.U64("end_us"), psi.U64("stall_us_per_s"));

    private static CostSettings Costs(JsonElement @case)
    {
        if (!@case.TryGetProperty("apply_costs", out JsonElement costs)) return CostSettings.Free;
        return new CostSettings
        {
            CoarseClockNs = @case.GetProperty("coarse_clock_ns").GetInt64(),
            Apply = costs.EnumerateObject().ToImmutableDictionary(
                cost => GoldenSchemes.Action(cost.Name),
                cost => new ApplyCost(
                    cost.Value.GetProperty("region_ns").GetInt64(),
                    cost.Value.GetProperty("page_ns").GetInt64(),
                    cost.Value.GetProperty("applied_ns").GetInt64())),
        };
    }

    private static ProcessSettings Process(JsonElement tenant, int index) => new()
    {
        Name = ProcessName(index),
        Memcg = new MemcgId(tenant.U64("memcg_id")),
        NrPages = tenant.U32("nr_vpages"),
        Vmas = tenant.TryGetProperty("vmas", out JsonElement vmas) ? Layout(vmas) : VmaLayout.Empty,
        Placements = [.. tenant.GetProperty("placements").EnumerateArray().Select(Placement)],
        Rules = [.. tenant.GetProperty("rules").EnumerateArray().Select(Rule)],
    };

    /// <summary>The mappings of a process; an order not given is 0.</summary>
    public static VmaLayout Layout(JsonElement vmas) => new([.. vmas.EnumerateArray().Select(vma => new Vma(
        vma.U64("start"),
        vma.U64("end"),
        vma.U64("pgoff"),
        vma.U32("first_vpage"),
        vma.TryGetProperty("order", out JsonElement order) ? order.GetInt32() : 0))]);

    private static PagePlacement Placement(JsonElement placement) => new()
    {
        FirstPage = placement.U32("first_vpage"),
        Count = placement.U32("nr"),
        FirstPfn = placement.U64("first_pfn"),
        PfnStep = placement.U64("pfn_step"),
        Kind = Kind(placement),
        Accessed = placement.Flag("pte_accessed"),
        Idle = placement.Flag("pg_idle"),
    };

    private static FolioKind Kind(JsonElement folio) => new(
        folio.Flag("anon"),
        folio.Flag("active"),
        folio.TryGetProperty("unevictable", out JsonElement unevictable) && Flag(unevictable),
        folio.Flag("mapped"),
        folio.U64("order") != 0,
        folio.Flag("on_lru"));

    private static AccessRule Rule(JsonElement rule) => new TouchRule(
        new PageSet(rule.U32("first_vpage"), rule.U32("nr"), Math.Max(1, rule.U32("stride"))),
        TimeWindow.FromMs(
            rule.GetProperty("start_ms").GetInt64(),
            rule.GetProperty("end_ms").GetInt64(),
            rule.GetProperty("repeat_ms").GetInt64()),
        rule.GetProperty("period_us").GetInt64(),
        rule.GetProperty("phase_us").GetInt64());

    private static HostEvent Event(JsonElement @event)
    {
        ulong at = @event.U64("at_us");
        return @event.GetProperty("kind").GetString() switch
        {
            "balloon" => new BalloonEvent(at, Node(@event, "nid"), @event.U64("pages")),
            "free" => new FreeEvent(at, @event.GetProperty("tenant").GetInt32(), @event.U32("first_vpage"), @event.U32("nr")),
            "alloc" => new AllocateEvent(
                at,
                @event.GetProperty("tenant").GetInt32(),
                @event.U32("first_vpage"),
                @event.U32("nr"),
                Node(@event, "nid"),
                Node(@event, "fallback_nid"),
                Kind(@event)),
            "vmas" => new VmasEvent(at, @event.GetProperty("tenant").GetInt32(), Layout(@event.GetProperty("vmas"))),
            "exit" => new ExitEvent(at, @event.GetProperty("tenant").GetInt32()),
            var other => throw new FormatException($"unknown event '{other}'"),
        };
    }

    private static NodeId Node(JsonElement element, string field) => new(element.GetProperty(field).GetInt32());
}
