using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Tenants;

/// <content>
/// Tenants that move: away from hosts under pressure, and from hosts that are emptied. A move takes place only when there is a slot for it, which
/// is kept from then on.
/// </content>
public sealed partial class TenantTable
{
    /// <summary>Called with each move that begins: the tenant, where it is, and where it goes.</summary>
    public Action<Tenant, SlotAddress, SlotAddress>? Moving { get; init; }

    private bool IsDrained(HostRoom room, ulong nowUs)
    {
        if (nowUs < room.DrainedUntilUs) return true;
        foreach (DrainPlan drain in _plan.Drains)
        {
            if (nowUs >= drain.FromUs && nowUs < drain.ToUs && drain.Hosts.BinarySearch(room.Host) >= 0) return true;
        }

        return false;
    }

    /// <summary>All tenants of hosts that are emptied move, as far as there are places.</summary>
    private void Drain(ulong nowUs)
    {
        foreach (HostRoom room in _rooms)
        {
            if (!IsDrained(room, nowUs)) continue;
            for (int slot = 0; slot < room.SlotCount; slot++)
            {
                if (RunningIn(room, slot) is { } tenant) TryMove(tenant, nowUs);
            }
        }
    }

    /// <summary>Of each host under pressure the tenant moves that feels it most, unless one is leaving already.</summary>
    private void Relieve(ulong nowUs)
    {
        if (_plan.Moves is not { } moves) return;
        int moving = _tenants.Values.Count(tenant => tenant.Phase == TenantPhase.Leaving);
        foreach (HostRoom room in _rooms)
        {
            if (moving >= moves.AtOnce) return;
            if (room.HasChanged || room.Pressure <= moves.Above || WhoFeelsMost(room, nowUs) is not { } tenant) continue;
            if (TryMove(tenant, nowUs)) moving++;
        }
    }

    /// <summary>The tenant of a host that is slowed down most, of equals the one in the first slot; null: one leaves already, or none may.</summary>
    private Tenant? WhoFeelsMost(HostRoom room, ulong nowUs)
    {
        Tenant? most = null;
        for (int slot = 0; slot < room.SlotCount; slot++)
        {
            if (room[slot] is not { } number) continue;
            Tenant tenant = _tenants[number];
            if (tenant.Phase == TenantPhase.Leaving && tenant.Place?.Host == room.Host) return null;
            if (RunningIn(room, slot) is null || tenant.SinceUs > nowUs) continue;
            if (most is null || tenant.SlowdownBp > most.SlowdownBp) most = tenant;
        }

        return most;
    }

    private Tenant? RunningIn(HostRoom room, int slot) =>
        room[slot] is { } number && _tenants[number] is { Phase: TenantPhase.Running } tenant ? tenant : null;

    /// <summary>Tells a tenant to leave for the best other host, if there is any.</summary>
    private bool TryMove(Tenant tenant, ulong nowUs)
    {
        if (FindPlace(tenant, nowUs) is not { } room) return false;
        SlotAddress from = tenant.Place!.Value;
        SlotAddress to = TakeSlot(room, tenant);
        (tenant.Next, tenant.Phase) = (to, TenantPhase.Leaving);
        _send(from.Host, new EvictTenant(tenant.Number, from.Slot));
        Moving?.Invoke(tenant, from, to);
        return true;
    }

    /// <summary>A tenant has left its host and goes on to the next one.</summary>
    private void GoOn(Tenant tenant, ulong ageUs, ulong nowUs)
    {
        SlotAddress next = tenant.Next!.Value;
        ReleaseSlot(tenant.Place!.Value, tenant);
        (tenant.Next, tenant.AgeUs, tenant.SinceUs, tenant.SlowdownBp) = (null, ageUs, nowUs + (_plan.Moves?.RestUs ?? 0), 0);
        _tallies[tenant.Kind].Moves++;
        Give(tenant, next);
    }
}
