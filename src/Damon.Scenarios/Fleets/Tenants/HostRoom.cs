using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Tenants;

/// <summary>What the placement knows of a host: who has which slot, the memory that is taken, and how the host is.</summary>
/// <param name="host">Index of the host.</param>
/// <param name="plan">What the host has for tenants.</param>
public sealed class HostRoom(int host, HostTenants plan)
{
    private const long Nobody = -1;

    private readonly long[] _slots = [.. Enumerable.Repeat(Nobody, plan.Slots.Length)];

    /// <summary>Index of the host.</summary>
    public int Host { get; } = host;

    /// <summary>The memory that its tenants may take together, bytes.</summary>
    public ulong Bytes => plan.Bytes;

    /// <summary>What its tenants take of it, those counted for whom a slot is kept, bytes.</summary>
    public ulong TakenBytes { get; private set; }

    /// <summary>How many slots it has.</summary>
    public int SlotCount => _slots.Length;

    /// <summary>Its pressure as last told; 0 before.</summary>
    public double Pressure { get; internal set; }

    /// <summary>Whether a tenant came or went at the time at which it told its pressure, which is then of the time before.</summary>
    public bool HasChanged { get; internal set; }

    /// <summary>Until when it gets no tenants, as it sent one back, us.</summary>
    public ulong ClosedUntilUs { get; internal set; }

    /// <summary>Until when it is emptied by a command, us.</summary>
    public ulong DrainedUntilUs { get; internal set; }

    /// <summary>The number of the tenant that has a slot; null: nobody.</summary>
    public long? this[int slot] => _slots[slot] == Nobody ? null : _slots[slot];

    /// <summary>Whether it has a slot and memory left for a tenant.</summary>
    public bool Fits(ulong bytes) => bytes <= Bytes - TakenBytes && Array.IndexOf(_slots, Nobody) >= 0;

    /// <summary>How much of the fleet's pool its tenants need when they take so much, bytes.</summary>
    public ulong PoolBytes(ulong takenBytes) => takenBytes - Math.Min(takenBytes, plan.OwnBytes);

    /// <summary>Gives a tenant the first free slot.</summary>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public SlotAddress Take(long tenant, ulong bytes)
    {
        if (!Fits(bytes)) throw new InvalidOperationException($"tenant {tenant} does not fit on host {Host}");
        int slot = Array.IndexOf(_slots, Nobody);
        Hold(slot, tenant, bytes);
        return new SlotAddress(Host, slot);
    }

    /// <summary>Takes a slot back.</summary>
    /// <exception cref="InvalidOperationException">It is free.</exception>
    public void Release(int slot, ulong bytes)
    {
        if (_slots[slot] == Nobody) throw new InvalidOperationException($"slot {slot} of host {Host} is free already");
        _slots[slot] = Nobody;
        TakenBytes -= bytes;
    }

    internal void Hold(int slot, long tenant, ulong bytes)
    {
        _slots[slot] = tenant;
        TakenBytes += bytes;
    }
}
