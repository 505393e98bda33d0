using Damon.Hocon.Units;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>Reads <c>fleet.pool</c>, and holds it against the nodes that are of it.</summary>
/// <param name="each">The keys of the pool.</param>
/// <param name="run">The run.</param>
/// <param name="hosts">The hosts.</param>
internal sealed class PoolReader(EachSections each, RunSettings run, NamedHosts hosts)
{
    private const ulong Largest = 1UL << 60;

    public PoolPlan? Read(LayeredSection section)
    {
        LayeredSection? pool = section.One("pool", each, "pool");
        HostPlan? pooled = hosts.Plans.FirstOrDefault(host => !host.Pooled.IsEmpty);
        if (pool is null)
        {
            if (pooled is not null) section.Refuse("pool", $"a pool, as a node of {pooled.Settings.Name} is pooled");
            return null;
        }

        PoolPlan plan = new(
            pool.Size("size", 1 << 12, Largest),
            pool.Size("chunk", 1 << 12, Largest),
            Windows.Read(pool, "check-every", run),
            Windows.Read(pool, "grant-latency", run),
            pool.Size("borrow-below", 1 << 12, Largest),
            pool.Size("return-above", 1 << 12, Largest));
        if (pooled is null) pool.Refuse("size", "a pool only where machine.nodes of some host are pooled");
        else Check(pool, plan);
        return plan;
    }

    private void Check(LayeredSection pool, PoolPlan plan)
    {
        ulong largest = 0;
        ulong atStart = 0;
        foreach (HostPlan host in hosts.Plans)
        {
            foreach (PooledNode node in host.Pooled)
            {
                largest += host.NodeBytes(node.Node);
                atStart += node.AtStartBytes;
                if (plan.ChunkBytes % (1UL << host.Settings.PageShift) != 0) pool.Refuse("chunk", $"a multiple of the page-size of {host.Settings.Name}");
            }
        }

        if (plan.SizeBytes > largest)
            pool.Refuse("size", $"at most {HoconSize.Format(largest)}, which is what all pooled nodes together can hold");
        if (plan.SizeBytes < atStart)
            pool.Refuse("size", $"at least {HoconSize.Format(atStart)}, which is what the pooled nodes have at-start");
        if (plan.ReturnAboveBytes < plan.BorrowBelowBytes + plan.ChunkBytes)
            pool.Refuse("return-above", $"at least borrow-below and chunk together, {HoconSize.Format(plan.BorrowBelowBytes + plan.ChunkBytes)}");
    }
}
