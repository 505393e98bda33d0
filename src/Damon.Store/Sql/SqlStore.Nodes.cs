using Damon.Store.Faults;
using Damon.Store.Nodes;

namespace Damon.Store.Sql;

// Workers that join, renew and leave.
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task JoinAsync(NodeJoin join, CancellationToken ct = default)
    {
        join.Validate();
        return WriteAsync(
            async session =>
            {
                session.Queue(
                    """
                    INSERT INTO node (incarnation, name, code, capacity, info, ttl_us, only_run, joined_at, expires_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, {now}, {now} + $6)
                    ON CONFLICT (incarnation) DO NOTHING
                    """,
                    join.Incarnation.Value, join.Name, join.Code, (long)join.Capacity, join.Info, Microseconds(join.Ttl),
                    join.Only?.Value);
                await session.CommitAsync().ConfigureAwait(false);
                await session.ReachedAsync(FaultPoint.JoinDone).ConfigureAwait(false);
            },
            ct);
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(Incarnation incarnation, CancellationToken ct = default) => TryAsync(
        async () =>
        {
            Session session = await _dialect.OpenAsync(transaction: false, ct).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.ReachedAsync(FaultPoint.RenewBegin).ConfigureAwait(false);
                List<bool> renewed = await session.QueryAsync(
                    "UPDATE node SET expires_at = {now} + ttl_us WHERE incarnation = $1 AND expires_at > {now} RETURNING ttl_us",
                    reader => true,
                    incarnation.Value).ConfigureAwait(false);
                await session.ReachedAsync(FaultPoint.RenewDone).ConfigureAwait(false);
                return renewed.Count > 0;
            }
        },
        patience: TimeSpan.Zero,
        ct);

    /// <inheritdoc/>
    public Task LeaveAsync(Incarnation incarnation, CancellationToken ct = default) => EvictAsync(incarnation, ct);

    /// <inheritdoc/>
    public Task EvictAsync(Incarnation incarnation, CancellationToken ct = default) => WriteAsync(
        session =>
        {
            session.Queue("DELETE FROM node WHERE incarnation = $1", incarnation.Value);
            session.Queue("DELETE FROM node_refusal WHERE incarnation = $1", incarnation.Value);
            session.Queue("UPDATE shard SET owner = NULL, incarnation = NULL WHERE incarnation = $1", incarnation.Value);
            session.Notify();
            return Task.CompletedTask;
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Node>> ListNodesAsync(CancellationToken ct = default) => ReadAsync<IReadOnlyList<Node>>(
        async session => await session.QueryAsync(
            """
            SELECT n.incarnation, n.name, n.code, n.capacity, n.info, n.joined_at, n.expires_at - {now},
                   (SELECT count(*) FROM shard s WHERE s.incarnation = n.incarnation)
            FROM node n ORDER BY n.joined_at, n.incarnation
            """,
            reader => new Node(
                new Incarnation(reader.GetGuid(0)), reader.GetString(1), reader.GetString(2), (int)reader.GetInt64(3), reader.GetString(4),
                Time(reader.GetInt64(5)), TimeSpan.FromMicroseconds(reader.GetInt64(6)), (int)reader.GetInt64(7))).ConfigureAwait(false),
        ct);

    /// <summary>For tests: a worker's lease runs out now.</summary>
    internal Task ExpireAsync(Incarnation incarnation) => WriteAsync(
        session =>
        {
            session.Queue("UPDATE node SET expires_at = {now} WHERE incarnation = $1", incarnation.Value);
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
