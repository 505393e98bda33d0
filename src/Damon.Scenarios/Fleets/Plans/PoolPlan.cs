namespace Damon.Scenarios.Fleets.Plans;

/// <summary>Memory that hosts share: each borrows some of it for a node of its own, and gives it back.</summary>
/// <param name="SizeBytes">All of it, bytes.</param>
/// <param name="ChunkBytes">What is borrowed or given back at a time, bytes.</param>
/// <param name="EveryUs">How often a host looks whether it needs more or less, us: whole windows.</param>
/// <param name="GrantUs">From a grant until the memory is there, us: whole windows.</param>
/// <param name="BorrowBelowBytes">A host asks for more when its node has less free than this.</param>
/// <param name="ReturnAboveBytes">A host gives back when its node has more free than this.</param>
public sealed record PoolPlan(
    ulong SizeBytes, ulong ChunkBytes, ulong EveryUs, ulong GrantUs, ulong BorrowBelowBytes, ulong ReturnAboveBytes)
{
    /// <summary>The name of the pool among the members of its fleet.</summary>
    public const string Name = "/fleet/pool";
}

/// <summary>A node of a host whose memory is of the fleet's pool.</summary>
/// <param name="Node">The node.</param>
/// <param name="AtStartBytes">What it has of it at the start, bytes.</param>
public sealed record PooledNode(int Node, ulong AtStartBytes);
