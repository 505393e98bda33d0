using System.Collections.Immutable;
using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Agents;

/// <summary>
/// Takes in tenants that the placement gives to its host, each in its slot, as soon as there is memory for it; lets them go when they have
/// lived or are wanted elsewhere; and tells how the host is and what they feel.
/// </summary>
/// <param name="plan">The tenants of the fleet.</param>
/// <param name="member">Index of the placement in the fleet.</param>
/// <param name="host">What the host has for tenants.</param>
/// <param name="settings">The host.</param>
internal sealed class TenantAgent(TenantsPlan plan, int member, HostTenants host, HostSettings settings) : HostAgent
{
    private const double WholeBp = 10_000;

    private readonly SlotTenant?[] _slots = new SlotTenant?[host.Slots.Length];
    private readonly HostMeter _meter = new(plan.Pressure, plan.EveryUs, settings);

    /// <summary>By slot: the number of the tenant in it, running or waiting for memory; null: it is free.</summary>
    public IEnumerable<long?> Tenants => _slots.Select(slot => slot?.Given.Tenant);

    /// <summary>Whether a tenant waits for memory that could be of a node.</summary>
    public bool IsShortOf(NodeId node)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is { IsRunning: false } waiting && ProgramOf(i, waiting).Nodes.Contains(node)) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Receive(FleetMail mail, AgentTurn turn)
    {
        if (mail.From != member) return;
        switch (mail.Message)
        {
            case AdmitTenant admit when _slots[admit.Slot] is null:
                _slots[admit.Slot] = new SlotTenant(admit, turn.NowUs);
                break;
            case AdmitTenant admit:
                turn.Send(member, new TenantRefused(admit.Tenant), 0);
                break;
            case EvictTenant evict when _slots[evict.Slot] is { } tenant && tenant.Given.Tenant == evict.Tenant:
                // Who has lived by now finishes rather than moves.
                if (HasLived(tenant, turn.NowUs)) break;
                turn.Send(member, new TenantLeft(evict.Tenant, tenant.AgeUs(turn.NowUs)), 0);
                Clear(evict.Slot, turn);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Obey(MemberCommand command, AgentTurn turn)
    {
        if (command.DrainUs is { } forUs) turn.Send(member, new HostDrained(forUs), 0);
    }

    /// <inheritdoc/>
    /// <remarks>First goes who goes, so that who comes finds the memory.</remarks>
    public override void Act(AgentTurn turn)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is not { IsRunning: true } tenant) continue;
            if (HasLived(tenant, turn.NowUs))
            {
                turn.Send(member, new TenantFinished(tenant.Given.Tenant), 0);
                Clear(i, turn);
            }
            else
            {
                TakeMemory(i, tenant, turn);
            }
        }

        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is { IsRunning: false } tenant) Admit(i, tenant, turn);
        }

        if (turn.NowUs > 0 && turn.NowUs % plan.EveryUs == 0) turn.Send(member, Feel(turn), 0);
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
        foreach (SlotTenant? slot in _slots) SlotTenant.Save(writer, slot);
        _meter.Save(writer);
    }

    /// <inheritdoc/>
    public override void Load(BinaryReader reader)
    {
        for (int i = 0; i < _slots.Length; i++) _slots[i] = SlotTenant.Load(reader);
        _meter.Load(reader);
    }

    private static bool HasLived(SlotTenant tenant, ulong nowUs) => tenant.IsRunning && tenant.AgeUs(nowUs) >= tenant.Given.LifetimeUs;

    private SlotProgram ProgramOf(int slot, SlotTenant tenant) => host.Slots[slot].Programs[tenant.Given.Kind];

    /// <summary>Starts a tenant when there is memory for all of it; who waits too long is sent back.</summary>
    private void Admit(int slot, SlotTenant tenant, AgentTurn turn)
    {
        SlotProgram program = ProgramOf(slot, tenant);
        if (FreeBytes(program.Nodes, turn.Host) >= program.Bytes)
        {
            turn.Host.CarryOut(new StartEvent(turn.NowUs, program.Process));
            tenant.Start(turn.NowUs);
            TakeMemory(slot, tenant, turn);
            turn.Send(member, new TenantArrived(tenant.Given.Tenant), 0);
        }
        else if (turn.NowUs - tenant.SinceUs >= plan.AdmitWithinUs)
        {
            turn.Send(member, new TenantRefused(tenant.Given.Tenant), 0);
            _slots[slot] = null;
        }
    }

    /// <summary>What the program's memory does by its age: with a tenant that has moved, all of it up to now comes at once.</summary>
    private void TakeMemory(int slot, SlotTenant tenant, AgentTurn turn)
    {
        ImmutableArray<HostEvent> events = ProgramOf(slot, tenant).Events;
        ulong ageUs = tenant.AgeUs(turn.NowUs);
        for (; tenant.EventsDone < events.Length && events[tenant.EventsDone].AtUs <= ageUs; tenant.EventsDone++)
            turn.Host.CarryOut(events[tenant.EventsDone] with { AtUs = turn.NowUs });
    }

    /// <summary>The process in a slot exits, and the slot is free.</summary>
    private void Clear(int slot, AgentTurn turn)
    {
        if (_slots[slot] is { IsRunning: true } tenant) turn.Host.CarryOut(new ExitEvent(turn.NowUs, ProgramOf(slot, tenant).Process));
        _slots[slot] = null;
    }

    private ulong FreeBytes(ImmutableArray<NodeId> nodes, SimulatedHost simulated)
    {
        ulong free = 0;
        foreach (NodeId node in nodes) free += simulated.Map.Nodes[node.Value].Node.Ask<ReadNodeUsage, NodeUsage>(default).Free;
        return free << settings.PageShift;
    }

    private HostFelt Feel(AgentTurn turn)
    {
        double pressure = _meter.Measure(turn.Host) ?? 0;
        if (turn.Host.Map.CostMeter is not { } costs) return new HostFelt(pressure, []);
        ImmutableArray<TenantSample> felt = costs.Ask<ReadCosts, CostReading>(default).Tenants;
        var tenants = ImmutableArray.CreateBuilder<TenantFeeling>();
        for (int i = 0; i < _slots.Length; i++)
        {
            TenantSample sample = felt[host.Slots[i].Memcg];

            // What was measured is of the time before: who has just come has felt nothing yet.
            if (_slots[i] is not { IsRunning: true } tenant || tenant.SinceUs == turn.NowUs || sample.AccessesPerSecond == 0) continue;
            tenants.Add(new TenantFeeling(tenant.Given.Tenant, (ulong)(sample.Slowdown * WholeBp)));
        }

        return new HostFelt(pressure, tenants.ToImmutable());
    }
}
