using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Tenants;

/// <summary>How good a host is for a tenant by a policy.</summary>
internal static class SlotRank
{
    /// <summary>The rank: the host with the least is taken, among equals the first.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="room">The host; the tenant fits there.</param>
    /// <param name="tenant">The tenant's number.</param>
    /// <param name="bytes">Its memory, bytes.</param>
    /// <param name="seed">What random ranks derive from.</param>
    public static UInt128 Of(PlacementPolicy policy, HostRoom room, long tenant, ulong bytes, ulong seed)
    {
        ulong left = room.Bytes - room.TakenBytes - bytes;
        ulong needed = room.PoolBytes(room.TakenBytes + bytes) - room.PoolBytes(room.TakenBytes);
        return policy switch
        {
            PlacementPolicy.BestFit => left,
            PlacementPolicy.WorstFit => ulong.MaxValue - left,

            // Numbers that are not negative are in the order of their bits.
            PlacementPolicy.LeastPressure => new UInt128(BitConverter.DoubleToUInt64Bits(Math.Max(0, room.Pressure)), ulong.MaxValue - left),
            PlacementPolicy.Random => new RunningHash(seed).Add((ulong)tenant).Add((ulong)room.Host).Value,
            PlacementPolicy.PoolAware => new UInt128(needed, left),
            _ => 0,
        };
    }
}
