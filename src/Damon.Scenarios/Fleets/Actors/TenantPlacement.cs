using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Runtime;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Fleets.Tenants;

namespace Damon.Scenarios.Fleets.Actors;

/// <summary>Puts the fleet's tenants on hosts, and moves them from one to another.</summary>
public sealed class TenantPlacement : FleetActor
{
    private static readonly ImmutableArray<string> s_columns = ["arrived", "waiting", "placed", "moving", "finished", "refused", "moves", "sent_back"];

    private static readonly ImmutableArray<string> s_columnsOfKind =
        ["arrived", "waiting", "placed", "finished", "refused", "moves", "slowdown_p50", "slowdown_p99", "slowdown_max"];

    private readonly TenantsPlan _plan;

    internal TenantPlacement(Fleet fleet, int index, TenantsPlan plan)
        : base(fleet, index)
    {
        _plan = plan;
        Scenario scenario = fleet.Scenario;
        ulong seed = Seeds.Derive(scenario.Run.Seed, TenantsPlan.Name, "", "placement");
        Table = new TenantTable(plan, [.. scenario.Hosts.Select(host => host.Tenants)], scenario.Fleet.Pool?.SizeBytes ?? 0, seed, Send)
        {
            Moving = NoteMove,
        };
    }

    /// <summary>All tenants and slots.</summary>
    public TenantTable Table { get; }

    /// <inheritdoc/>
    /// <remarks>Those of a kind bear its name: <c>web.placed</c>. Slowdowns are over all that hosts told since the start.</remarks>
    public override ImmutableArray<string> Columns =>
        [.. s_columns, .. _plan.Kinds.SelectMany(kind => s_columnsOfKind.Select(column => $"{kind.Name}.{column}"))];

    /// <inheritdoc/>
    private protected override void Receive(FleetMail mail, ulong nowUs) => Table.Receive(mail.From, mail.Message, nowUs);

    /// <inheritdoc/>
    private protected override void Act(ulong nowUs)
    {
        Table.Act(nowUs);
        if (nowUs % _plan.EveryUs == 0) Report(new FleetReading(nowUs, [.. Totals(), .. Enumerable.Range(0, _plan.Kinds.Length).SelectMany(OfKind)]));
    }

    /// <inheritdoc/>
    private protected override void SaveState(BinaryWriter writer) => Table.Save(writer);

    /// <inheritdoc/>
    private protected override void LoadState(BinaryReader reader) => Table.Load(reader);

    private double[] Totals()
    {
        int waiting = Table.CountOf(TenantPhase.Waiting);
        return
        [
            Table.Tallies.Sum(tally => tally.Arrived),
            waiting,
            Table.Tenants.Count - waiting,
            Table.CountOf(TenantPhase.Leaving),
            Table.Tallies.Sum(tally => tally.Finished),
            Table.Tallies.Sum(tally => tally.Refused),
            Table.Tallies.Sum(tally => tally.Moves),
            Table.SentBack,
        ];
    }

    private double[] OfKind(int kind)
    {
        const double WholeBp = 10_000;
        KindTally tally = Table.Tallies[kind];
        Tenant[] tenants = [.. Table.Tenants.Where(tenant => tenant.Kind == kind)];
        int waiting = tenants.Count(tenant => tenant.Phase == TenantPhase.Waiting);
        return
        [
            tally.Arrived,
            waiting,
            tenants.Length - waiting,
            tally.Finished,
            tally.Refused,
            tally.Moves,
            tally.Slowdowns.PercentileBp(50) / WholeBp,
            tally.Slowdowns.PercentileBp(99) / WholeBp,
            tally.Slowdowns.GreatestBp / WholeBp,
        ];
    }

    private void NoteMove(Tenant tenant, SlotAddress from, SlotAddress to) => Report(new FleetReading(Fleet.BeginUs(NextWindow), [], string.Create(
        CultureInfo.InvariantCulture, $"tenant {tenant.Number} ({_plan.Kinds[tenant.Kind].Name}) leaves {Fleet.Names[from.Host]} for {Fleet.Names[to.Host]}")));
}
