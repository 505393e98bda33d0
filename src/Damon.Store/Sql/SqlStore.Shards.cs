using Damon.Store.Faults;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Sql;

// Who holds which shards.
public abstract partial class SqlStore
{
    /// <summary>The live worker that asks, what it holds, and what it should.</summary>
    private sealed record Standing(string Name, string Code, int Held, int Quota);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardLease>> ClaimAsync(
        Incarnation incarnation, int most, IReadOnlyCollection<RunId>? refused = null, CancellationToken ct = default) => WriteAsync(
        async session =>
        {
            await session.ReachedAsync(FaultPoint.ClaimBegin).ConfigureAwait(false);
            if (await StandingAsync(session, incarnation).ConfigureAwait(false) is not { } standing) return [];
            int room = Math.Min(most, standing.Quota - standing.Held);
            if (room > 0) Take(session, incarnation, standing, room, [.. (refused ?? []).Select(run => run.Value)]);
            await session.ReachedAsync(FaultPoint.ClaimTake).ConfigureAwait(false);
            Pending<ShardLease> held = session.Ask(
                "SELECT run, shard, epoch, done_window FROM shard WHERE incarnation = $1 ORDER BY run, shard",
                reader => new ShardLease(
                    new ShardId(new RunId(reader.GetInt64(0)), (int)reader.GetInt64(1)), reader.GetInt64(2), new Window(reader.GetInt64(3))),
                incarnation.Value);
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.ClaimDone).ConfigureAwait(false);
            return (IReadOnlyList<ShardLease>)held.Rows;
        },
        ct);

    private static void Take(Session session, Incarnation incarnation, Standing standing, int room, long[] refused) => session.Queue(
        // The epoch is compared again under the lock: whoever claimed a shard since it was looked at has moved it.
        """
        WITH free AS MATERIALIZED (
          SELECT s.run, s.shard, s.epoch
          FROM shard s JOIN run q ON q.id = s.run
          WHERE q.state = 'running' AND q.code = $2 AND s.done_window < q.final_window AND NOT q.id IN ({each $3})
            AND NOT EXISTS (SELECT 1 FROM node n WHERE n.incarnation = s.incarnation AND n.expires_at > {now})
        ), taken AS MATERIALIZED (
          SELECT s.run, s.shard
          FROM shard s JOIN free f ON f.run = s.run AND f.shard = s.shard AND f.epoch = s.epoch
          ORDER BY s.run, s.shard LIMIT $4 {skip locked}
        )
        UPDATE shard SET owner = $5, incarnation = $1, epoch = shard.epoch + 1
        FROM taken t WHERE shard.run = t.run AND shard.shard = t.shard
        """,
        incarnation.Value, standing.Code, refused, (long)room, standing.Name);

    private static async Task<Standing?> StandingAsync(Session session, Incarnation incarnation)
    {
        const string unfinished =
            """
            SELECT count(*), count(CASE WHEN s.incarnation = $1 THEN 1 END)
            FROM node me JOIN run q ON q.code = me.code AND q.state = 'running' JOIN shard s ON s.run = q.id AND s.done_window < q.final_window
            WHERE me.incarnation = $1
            """;
        Pending<(string Name, string Code)> me = session.Ask(
            "SELECT name, code FROM node WHERE incarnation = $1 AND expires_at > {now}",
            reader => (reader.GetString(0), reader.GetString(1)),
            incarnation.Value);
        Pending<int> capacities = session.Ask(
            "SELECT n.capacity FROM node me JOIN node n ON n.code = me.code AND n.expires_at > {now} WHERE me.incarnation = $1",
            reader => (int)reader.GetInt64(0),
            incarnation.Value);
        Pending<(int All, int Held)> shards = session.Ask(
            unfinished, reader => ((int)reader.GetInt64(0), (int)reader.GetInt64(1)), incarnation.Value);
        await session.FlushAsync().ConfigureAwait(false);
        if (me.Rows.Count == 0) return null;
        (int all, int held) = shards.Rows[0];
        return new Standing(me.Rows[0].Name, me.Rows[0].Code, held, Quota.Each(all, capacities.Rows));
    }

    /// <inheritdoc/>
    public Task<int> SurplusAsync(Incarnation incarnation, CancellationToken ct = default) => ReadAsync(
        async session => await StandingAsync(session, incarnation).ConfigureAwait(false) is { } standing
            ? Math.Max(0, standing.Held - standing.Quota)
            : 0,
        ct);

    /// <inheritdoc/>
    public Task ReleaseAsync(Incarnation incarnation, IReadOnlyList<ShardLease> leases, CancellationToken ct = default) => WriteAsync(
        async session =>
        {
            session.QueueRows(
                """
                UPDATE shard SET owner = NULL, incarnation = NULL FROM {rows}
                WHERE shard.run = r.run AND shard.shard = r.shard AND shard.epoch = r.epoch AND (shard.incarnation = $1) IS TRUE
                """,
                new Rows()
                    .Add("run", leases.Select(lease => lease.Shard.Run.Value))
                    .Add("shard", leases.Select(lease => (long)lease.Shard.Index))
                    .Add("epoch", leases.Select(lease => lease.Epoch)),
                incarnation.Value);
            await session.ReachedAsync(FaultPoint.ReleaseMark).ConfigureAwait(false);
            session.Notify();
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.ReleaseDone).ConfigureAwait(false);
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardEntry>> ListShardsAsync(RunId? run = null, CancellationToken ct = default) => ReadAsync<IReadOnlyList<ShardEntry>>(
        async session => await session.QueryAsync(
            """
            SELECT run, shard, owner, incarnation, epoch, done_window, checkpoint_window, digest
            FROM shard WHERE $1 OR run = $2 ORDER BY run, shard
            """,
            reader => new ShardEntry(
                new ShardId(new RunId(reader.GetInt64(0)), (int)reader.GetInt64(1)),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : new Incarnation(reader.GetGuid(3)),
                reader.GetInt64(4),
                new Window(reader.GetInt64(5)),
                reader.IsDBNull(6) ? null : new Window(reader.GetInt64(6)),
                DigestOf(reader.GetInt64(7))),
            run is null, run?.Value ?? 0).ConfigureAwait(false),
        ct);
}
