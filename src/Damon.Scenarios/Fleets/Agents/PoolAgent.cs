using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Agents;

/// <summary>
/// Borrows memory of the fleet's pool for a node of its host while the node has little free, and gives back what it has too much.
/// What is not borrowed, the node holds back as a balloon does.
/// </summary>
/// <param name="plan">The pool.</param>
/// <param name="member">Index of the pool in the fleet.</param>
/// <param name="node">The node.</param>
/// <param name="settings">The host.</param>
/// <param name="tenants">Whose tenants may wait for memory; null: none come.</param>
internal sealed class PoolAgent(PoolPlan plan, int member, PooledNode node, HostSettings settings, TenantAgent? tenants) : HostAgent
{
    private bool _isAsking;

    /// <summary>What the node has of the pool, bytes.</summary>
    public ulong BorrowedBytes { get; private set; } = node.AtStartBytes;

    private ulong NodeBytes => settings.Nodes[node.Node].NrPages << settings.PageShift;

    /// <inheritdoc/>
    public override void Receive(FleetMail mail, AgentTurn turn)
    {
        if (mail.From != member) return;
        _isAsking = false;
        if (mail.Message is not PoolGrant grant) return;
        turn.Host.CarryOut(new AddMemoryEvent(turn.NowUs, new NodeId(node.Node), grant.Bytes >> settings.PageShift));
        BorrowedBytes += grant.Bytes;
    }

    /// <inheritdoc/>
    public override void Act(AgentTurn turn)
    {
        if (_isAsking || turn.NowUs % plan.EveryUs != 0) return;
        ulong free = turn.Host.Map.Nodes[node.Node].Node.Ask<ReadNodeUsage, NodeUsage>(default).Free << settings.PageShift;
        ulong most = Math.Min(plan.ChunkBytes, NodeBytes - BorrowedBytes);
        bool isWanted = tenants?.IsShortOf(new NodeId(node.Node)) ?? false;
        if ((free < plan.BorrowBelowBytes || isWanted) && most > 0)
        {
            _isAsking = true;
            turn.Send(member, new PoolRequest(most), 0);
        }
        else if (!isWanted && free > plan.ReturnAboveBytes && BorrowedBytes >= plan.ChunkBytes)
        {
            turn.Host.CarryOut(new TakeMemoryEvent(turn.NowUs, new NodeId(node.Node), plan.ChunkBytes >> settings.PageShift));
            BorrowedBytes -= plan.ChunkBytes;
            turn.Send(member, new PoolReturn(plan.ChunkBytes), 0);
        }
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
        writer.Write(BorrowedBytes);
        writer.Write(_isAsking);
    }

    /// <inheritdoc/>
    public override void Load(BinaryReader reader)
    {
        BorrowedBytes = reader.ReadUInt64();
        _isAsking = reader.ReadBoolean();
    }
}
