using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Tenants;

/// <summary>
/// All tenants of a fleet and all slots: who waits, who is where, who moves. It decides at the begin of windows, and hosts carry it out a
/// window later; so a slot is kept for a tenant from the decision on until its host has told that the tenant is gone.
/// </summary>
public sealed partial class TenantTable
{
    private readonly TenantsPlan _plan;
    private readonly ulong _poolBytes;
    private readonly ulong _seed;
    private readonly Action<int, FleetMessage> _send;
    private readonly SortedDictionary<long, Tenant> _tenants = [];
    private readonly SortedSet<long> _waiting = [];
    private readonly HostRoom[] _rooms;
    private readonly HostRoom?[] _roomOfHost;
    private readonly KindTally[] _tallies;
    private readonly bool[] _fitsNowhere;
    private int _nextArrival;
    private ulong _poolTaken;
    private bool _hasHeard;

    /// <summary>A table without tenants.</summary>
    /// <param name="plan">The tenants to come.</param>
    /// <param name="hosts">By host: what it has for tenants; null: nothing.</param>
    /// <param name="poolBytes">The fleet's pool, bytes.</param>
    /// <param name="seed">What random places derive from.</param>
    /// <param name="send">Sends a message to a host.</param>
    public TenantTable(TenantsPlan plan, IReadOnlyList<HostTenants?> hosts, ulong poolBytes, ulong seed, Action<int, FleetMessage> send)
    {
        (_plan, _poolBytes, _seed, _send) = (plan, poolBytes, seed, send);
        _roomOfHost = [.. hosts.Select((host, i) => host is null ? null : new HostRoom(i, host))];
        _rooms = [.. _roomOfHost.OfType<HostRoom>()];
        _tallies = [.. plan.Kinds.Select(_ => new KindTally())];
        _fitsNowhere = [.. plan.Kinds.Select(kind => !_rooms.Any(room => room.Fits(kind.Bytes) && PoolNeeded(room, kind.Bytes) <= PoolAllowed))];
    }

    /// <summary>Those that have come and are not gone, in the order in which they came.</summary>
    public IReadOnlyCollection<Tenant> Tenants => _tenants.Values;

    /// <summary>The hosts with slots, in the fleet's order.</summary>
    public IReadOnlyList<HostRoom> Rooms => _rooms;

    /// <summary>By kind: what became of its tenants.</summary>
    public IReadOnlyList<KindTally> Tallies => _tallies;

    /// <summary>How often a host sent a tenant back for which it had no memory.</summary>
    public long SentBack { get; private set; }

    /// <summary>Takes a message of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="message">The message; one about a tenant that is gone, or not there, means nothing.</param>
    /// <param name="nowUs">The begin of the window, us.</param>
    public void Receive(int host, FleetMessage message, ulong nowUs)
    {
        if (message is not HostFelt && _roomOfHost[host] is { } room) room.HasChanged = true;
        switch (message)
        {
            case HostFelt felt:
                Hear(host, felt);
                break;
            case HostDrained drained when _roomOfHost[host] is { } emptied:
                emptied.DrainedUntilUs = nowUs + drained.ForUs;
                break;
            case TenantArrived arrived when At(arrived.Tenant, host) is { Phase: TenantPhase.Arriving } tenant:
                tenant.Phase = TenantPhase.Running;
                break;
            case TenantRefused refused when At(refused.Tenant, host) is { Phase: TenantPhase.Arriving } tenant:
                SendBack(tenant, nowUs);
                break;
            case TenantLeft left when At(left.Tenant, host) is { Phase: TenantPhase.Leaving } tenant:
                GoOn(tenant, left.AgeUs, nowUs);
                break;
            case TenantFinished finished when At(finished.Tenant, host) is { } tenant:
                _tallies[tenant.Kind].Finished++;
                Forget(tenant);
                break;
        }
    }

    /// <summary>Does what is to be done at the begin of a window, after all messages.</summary>
    /// <param name="nowUs">The begin of the window, us.</param>
    public void Act(ulong nowUs)
    {
        TakeArrivals(nowUs);
        GiveUp(nowUs);
        PlaceWaiting(nowUs);
        Drain(nowUs);
        if (_hasHeard) Relieve(nowUs);
        _hasHeard = false;
        foreach (HostRoom room in _rooms) room.HasChanged = false;
    }

    /// <summary>How many tenants are in a phase.</summary>
    public int CountOf(TenantPhase phase) => _tenants.Values.Count(tenant => tenant.Phase == phase);

    /// <summary>Writes all that it needs to go on from here; between two windows.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_nextArrival);
        writer.Write7BitEncodedInt64(SentBack);
        foreach (KindTally tally in _tallies) tally.Save(writer);
        foreach (HostRoom room in _rooms)
        {
            writer.Write(room.Pressure);
            writer.Write(room.ClosedUntilUs);
            writer.Write(room.DrainedUntilUs);
        }

        writer.Write7BitEncodedInt(_tenants.Count);
        foreach (Tenant tenant in _tenants.Values) tenant.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into a table without tenants.</summary>
    public void Load(BinaryReader reader)
    {
        _nextArrival = reader.Read7BitEncodedInt();
        SentBack = reader.Read7BitEncodedInt64();
        foreach (KindTally tally in _tallies) tally.Load(reader);
        foreach (HostRoom room in _rooms)
        {
            room.Pressure = reader.ReadDouble();
            room.ClosedUntilUs = reader.ReadUInt64();
            room.DrainedUntilUs = reader.ReadUInt64();
        }

        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            Tenant tenant = Tenant.Load(reader);
            _tenants.Add(tenant.Number, tenant);
            if (tenant.Phase == TenantPhase.Waiting) _waiting.Add(tenant.Number);
            if (tenant.Place is { } place) Hold(place, tenant);
            if (tenant.Next is { } next) Hold(next, tenant);
        }
    }

    private ulong BytesOf(Tenant tenant) => _plan.Kinds[tenant.Kind].Bytes;

    private Tenant? At(long number, int host) =>
        _tenants.TryGetValue(number, out Tenant? tenant) && tenant.Place?.Host == host ? tenant : null;

    private void Hear(int host, HostFelt felt)
    {
        _hasHeard = true;
        _roomOfHost[host]!.Pressure = felt.Pressure;
        foreach (TenantFeeling feeling in felt.Tenants)
        {
            if (At(feeling.Tenant, host) is not { } tenant) continue;
            tenant.SlowdownBp = feeling.SlowdownBp;
            _tallies[tenant.Kind].Slowdowns.Add(feeling.SlowdownBp);
        }
    }

    private void TakeArrivals(ulong nowUs)
    {
        ImmutableArray<TenantArrival> arrivals = _plan.Arrivals;
        for (; _nextArrival < arrivals.Length && arrivals[_nextArrival].AtUs <= nowUs; _nextArrival++)
        {
            TenantArrival arrival = arrivals[_nextArrival];
            _tallies[arrival.Kind].Arrived++;
            if (_fitsNowhere[arrival.Kind])
            {
                _tallies[arrival.Kind].Refused++;
                continue;
            }

            _tenants.Add(_nextArrival, new Tenant(_nextArrival, arrival.Kind, arrival.LifetimeUs) { SinceUs = arrival.AtUs });
            _waiting.Add(_nextArrival);
        }
    }

    /// <summary>Who has waited for too long is refused.</summary>
    private void GiveUp(ulong nowUs)
    {
        foreach (long number in _waiting.ToArray())
        {
            Tenant tenant = _tenants[number];
            if (nowUs - tenant.SinceUs < _plan.PatienceUs) continue;
            _tallies[tenant.Kind].Refused++;
            Forget(tenant);
        }
    }

    /// <summary>Who came first gets first; where there is no place for one of a kind, there is none for others of it, but perhaps for those of another.</summary>
    private void PlaceWaiting(ulong nowUs)
    {
        bool[] hasFailed = new bool[_tallies.Length];
        foreach (long number in _waiting.ToArray())
        {
            Tenant tenant = _tenants[number];
            if (hasFailed[tenant.Kind]) continue;
            if (FindPlace(tenant, nowUs) is { } room) Give(tenant, TakeSlot(room, tenant));
            else hasFailed[tenant.Kind] = true;
        }
    }

    /// <summary>The best host for a tenant; null: none fits.</summary>
    private HostRoom? FindPlace(Tenant tenant, ulong nowUs)
    {
        ulong bytes = BytesOf(tenant);
        HostRoom? best = null;
        UInt128 least = UInt128.MaxValue;
        foreach (HostRoom room in _rooms)
        {
            if (!room.Fits(bytes) || room.Host == tenant.Place?.Host || !IsOpen(room, nowUs)) continue;
            if (PoolNeeded(room, bytes) > PoolAllowed - _poolTaken) continue;
            UInt128 rank = SlotRank.Of(_plan.Policy, room, tenant.Number, bytes, _seed);
            if (best is not null && rank >= least) continue;
            (best, least) = (room, rank);
        }

        return best;
    }

    /// <summary>Whether a host may get tenants now.</summary>
    private bool IsOpen(HostRoom room, ulong nowUs) =>
        nowUs >= room.ClosedUntilUs && !IsDrained(room, nowUs) && (_plan.Moves is null || room.Pressure <= _plan.Moves.Above);

    /// <summary>What may be taken of the pool: only who is placed by it has a limit, others find out on their hosts.</summary>
    private ulong PoolAllowed => _plan.Policy == PlacementPolicy.PoolAware ? _poolBytes : ulong.MaxValue;

    private static ulong PoolNeeded(HostRoom room, ulong bytes) => room.PoolBytes(room.TakenBytes + bytes) - room.PoolBytes(room.TakenBytes);

    /// <summary>Gives a tenant to the host of a slot that is kept for it.</summary>
    private void Give(Tenant tenant, SlotAddress place)
    {
        (tenant.Place, tenant.Phase) = (place, TenantPhase.Arriving);
        _waiting.Remove(tenant.Number);
        _send(place.Host, new AdmitTenant(tenant.Number, tenant.Kind, place.Slot, tenant.AgeUs, tenant.LifetimeUs));
    }

    /// <summary>A host had no memory for a tenant: it waits again, and the host gets none for a while.</summary>
    private void SendBack(Tenant tenant, ulong nowUs)
    {
        SentBack++;
        _roomOfHost[tenant.Place!.Value.Host]!.ClosedUntilUs = nowUs + _plan.AdmitWithinUs;
        ReleaseSlot(tenant.Place.Value, tenant);
        (tenant.Place, tenant.Phase, tenant.SinceUs) = (null, TenantPhase.Waiting, nowUs);
        _waiting.Add(tenant.Number);
    }

    private void Forget(Tenant tenant)
    {
        if (tenant.Place is { } place) ReleaseSlot(place, tenant);
        if (tenant.Next is { } next) ReleaseSlot(next, tenant);
        _waiting.Remove(tenant.Number);
        _tenants.Remove(tenant.Number);
    }

    private SlotAddress TakeSlot(HostRoom room, Tenant tenant)
    {
        _poolTaken += PoolNeeded(room, BytesOf(tenant));
        return room.Take(tenant.Number, BytesOf(tenant));
    }

    private void Hold(SlotAddress address, Tenant tenant)
    {
        HostRoom room = _roomOfHost[address.Host]!;
        _poolTaken += PoolNeeded(room, BytesOf(tenant));
        room.Hold(address.Slot, tenant.Number, BytesOf(tenant));
    }

    private void ReleaseSlot(SlotAddress address, Tenant tenant)
    {
        HostRoom room = _roomOfHost[address.Host]!;
        room.Release(address.Slot, BytesOf(tenant));
        _poolTaken -= PoolNeeded(room, BytesOf(tenant));
    }
}
