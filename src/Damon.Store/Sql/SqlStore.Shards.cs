using System.Data.Common;
using Damon.Store.Faults;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Sql;

// Who holds which shards.
public abstract partial class SqlStore
{
    /// <summary>A running run as a worker sees it: its unfinished shards, how many of them are the worker's and nobody's, and its quota.</summary>
    private sealed record Share(RunId Run, int Unfinished, int Held, int Free, int Quota);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardLease>> ClaimAsync(
        Incarnation incarnation, int most, IReadOnlyCollection<RunId>? refused = null, CancellationToken ct = default) => WriteAsync<IReadOnlyList<ShardLease>>(
        async session =>
        {
            await session.ReachedAsync(FaultPoint.ClaimBegin).ConfigureAwait(false);
            Refuse(session, incarnation, [.. (refused ?? []).Select(run => run.Value)]);
            if (await SharesAsync(session, incarnation).ConfigureAwait(false) is not { } shares) return [];
            foreach (Share share in shares)
            {
                int room = Math.Min(most, share.Quota - share.Held);
                if (room > 0 && share.Free > 0) most -= await TakeAsync(session, incarnation, share.Run, room).ConfigureAwait(false);
            }

            await session.ReachedAsync(FaultPoint.ClaimTake).ConfigureAwait(false);
            Pending<ShardLease> held = session.Ask(
                "SELECT run, shard, epoch, done_window, results_window FROM shard WHERE incarnation = $1 ORDER BY run, shard", ReadLease, incarnation.Value);
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.ClaimDone).ConfigureAwait(false);
            return held.Rows;
        },
        ct);

    private static ShardLease ReadLease(DbDataReader reader) => new(
        new ShardId(new RunId(reader.GetInt64(0)), (int)reader.GetInt64(1)), reader.GetInt64(2),
        new Window(reader.GetInt64(3)), new Window(reader.GetInt64(4)));

    /// <summary>Keeps what a worker refuses; mostly the same as before, and then nothing is written.</summary>
    private static void Refuse(Session session, Incarnation incarnation, long[] refused)
    {
        session.Queue("DELETE FROM node_refusal WHERE incarnation = $1 AND NOT run IN ({each $2})", incarnation.Value, refused);
        session.QueueRows(
            """
            INSERT INTO node_refusal (incarnation, run) SELECT n.incarnation, r.run FROM {rows} JOIN node n ON n.incarnation = $1
            WHERE NOT EXISTS (SELECT 1 FROM node_refusal f WHERE f.incarnation = $1 AND f.run = r.run)
            """,
            new Rows().Add("run", refused.Distinct()),
            incarnation.Value);
    }

    private static async Task<int> TakeAsync(Session session, Incarnation incarnation, RunId run, int room)
    {
        // The epoch is compared again under the lock: whoever claimed a shard since it was looked at has moved it.
        List<long> taken = await session.QueryAsync(
            """
            WITH free AS MATERIALIZED (
              SELECT s.shard, s.epoch FROM shard s JOIN run q ON q.id = s.run
              WHERE s.run = $2 AND q.state = 'running' AND s.done_window < q.final_window
                AND NOT EXISTS (SELECT 1 FROM node n WHERE n.incarnation = s.incarnation AND n.expires_at > {now})
            ), taken AS MATERIALIZED (
              SELECT s.shard FROM shard s JOIN free f ON f.shard = s.shard AND f.epoch = s.epoch
              WHERE s.run = $2 ORDER BY s.shard LIMIT $3 {skip locked}
            )
            UPDATE shard SET owner = (SELECT name FROM node WHERE incarnation = $1), incarnation = $1, epoch = shard.epoch + 1
            FROM taken t WHERE shard.run = $2 AND shard.shard = t.shard
            RETURNING epoch
            """,
            reader => reader.GetInt64(0),
            incarnation.Value, run.Value, (long)room).ConfigureAwait(false);
        return taken.Count;
    }

    /// <summary>The running runs of a live worker's code that it computes, oldest first; null: it is not live.</summary>
    private static async Task<IReadOnlyList<Share>?> SharesAsync(Session session, Incarnation incarnation)
    {
        Pending<(Incarnation Node, RunId Run)> refusals = session.Ask(
            "SELECT incarnation, run FROM node_refusal",
            reader => (new Incarnation(reader.GetGuid(0)), new RunId(reader.GetInt64(1))));
        Pending<(Incarnation Node, int Capacity, RunId? Only)> live = session.Ask(
            """
            SELECT n.incarnation, n.capacity, n.only_run FROM node me JOIN node n ON n.code = me.code AND n.expires_at > {now}
            WHERE me.incarnation = $1
            """,
            reader => (new Incarnation(reader.GetGuid(0)), (int)reader.GetInt64(1), reader.IsDBNull(2) ? (RunId?)null : new RunId(reader.GetInt64(2))),
            incarnation.Value);
        Pending<Share> runs = session.Ask(
            """
            SELECT q.id, count(*), count(CASE WHEN s.incarnation = $1 THEN 1 END),
                   count(CASE WHEN NOT EXISTS (SELECT 1 FROM node n WHERE n.incarnation = s.incarnation AND n.expires_at > {now}) THEN 1 END)
            FROM node me JOIN run q ON q.code = me.code AND q.state = 'running' JOIN shard s ON s.run = q.id AND s.done_window < q.final_window
            WHERE me.incarnation = $1 GROUP BY q.id ORDER BY q.id
            """,
            reader => new Share(new RunId(reader.GetInt64(0)), (int)reader.GetInt64(1), (int)reader.GetInt64(2), (int)reader.GetInt64(3), 0),
            incarnation.Value);
        await session.FlushAsync().ConfigureAwait(false);
        ILookup<Incarnation, RunId> refused = refusals.Rows.ToLookup(row => row.Node, row => row.Run);
        QuotaNode[] nodes = [.. live.Rows.Select(node => new QuotaNode(node.Node, node.Capacity, node.Only, refused[node.Node].ToHashSet()))];
        if (!nodes.Any(node => node.Incarnation == incarnation)) return null;
        IReadOnlyDictionary<RunId, int> quota = Quota.Of(incarnation, nodes, runs.Rows.Select(run => (run.Run, run.Unfinished)));
        return [.. from run in runs.Rows where quota.ContainsKey(run.Run) select run with { Quota = quota[run.Run] }];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardLease>> SurplusAsync(Incarnation incarnation, CancellationToken ct = default) => ReadAsync<IReadOnlyList<ShardLease>>(
        async session =>
        {
            List<ShardLease> surplus = [];
            foreach (Share share in await SharesAsync(session, incarnation).ConfigureAwait(false) ?? [])
            {
                if (share.Held <= share.Quota) continue;
                List<ShardLease> held = await session.QueryAsync(
                    """
                    SELECT s.run, s.shard, s.epoch, s.done_window, s.results_window FROM shard s JOIN run q ON q.id = s.run
                    WHERE s.run = $2 AND s.incarnation = $1 AND s.done_window < q.final_window ORDER BY s.shard
                    """,
                    ReadLease, incarnation.Value, share.Run.Value).ConfigureAwait(false);
                surplus.AddRange(held.Skip(share.Quota));
            }

            return surplus;
        },
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
            SELECT run, shard, owner, incarnation, epoch, done_window, results_window, checkpoint_window, digest
            FROM shard WHERE $1 OR run = $2 ORDER BY run, shard
            """,
            reader => new ShardEntry(
                new ShardId(new RunId(reader.GetInt64(0)), (int)reader.GetInt64(1)),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : new Incarnation(reader.GetGuid(3)),
                reader.GetInt64(4),
                new Window(reader.GetInt64(5)),
                new Window(reader.GetInt64(6)),
                reader.IsDBNull(7) ? null : new Window(reader.GetInt64(7)),
                DigestOf(reader.GetInt64(8))),
            run is null, run?.Value ?? 0).ConfigureAwait(false),
        ct);
}
