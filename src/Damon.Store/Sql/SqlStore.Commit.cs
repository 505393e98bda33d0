using System.Globalization;
using Damon.Store.Faults;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Sql;

// What a worker makes durable of its windows, all together and under the fence.
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public async Task<CommitAnswer> CommitAsync(Incarnation incarnation, IReadOnlyList<ShardCommit> commits, CancellationToken ct = default)
    {
        ShardCommit.Validate(commits);
        if (commits.Count == 0) return new CommitAnswer([]);
        (CommitAnswer answer, _) = await CommitAsync(incarnation, commits, null, ct).ConfigureAwait(false);
        return answer;
    }

    /// <inheritdoc/>
    public async Task<(CommitAnswer Answer, RunTurn? Turn)> CommitTurnAsync(
        Incarnation incarnation, RunId run, IReadOnlyList<ShardCommit> commits, Window done, IReadOnlyCollection<int> receivers, CancellationToken ct = default)
    {
        ShardCommit.Validate(commits);
        if (commits.Count > 0 && MailRange.Of(done.Next) == MailRange.Of(done))
        {
            try
            {
                return await CommitAsync(incarnation, commits, session => OpenAndTurnAsync(session, run, done, receivers), ct).ConfigureAwait(false);
            }
            catch (StoreException error) when (error.InnerException is { } inner && _dialect.IsMissingTable(inner))
            {
                // The run is over and was pruned between the two transactions.
            }
        }

        // The same in steps: where a range of mail begins, the barrier has more to do.
        CommitAnswer answer = await CommitAsync(incarnation, commits, ct).ConfigureAwait(false);
        if (!answer.IsCommitted) return (answer, null);
        await OpenAsync(run, done, ct).ConfigureAwait(false);
        return (answer, await TurnAsync(run, done, receivers, ct).ConfigureAwait(false));
    }

    /// <summary>Commits, and goes on with the same session.</summary>
    private async Task<(CommitAnswer Answer, RunTurn? Turn)> CommitAsync(
        Incarnation incarnation, IReadOnlyList<ShardCommit> commits, Func<Session, Task<RunTurn?>>? goOn, CancellationToken ct)
    {
        List<ShardCommit> inOrder = [.. commits.OrderBy(commit => commit.Shard)];
        try
        {
            while (true)
            {
                (CommitAnswer? answer, RunTurn? turn) = await WriteAsync(session => TryCommitAsync(session, incarnation, inOrder, goOn), ct).ConfigureAwait(false);
                if (answer is not null) return (answer, turn);
            }
        }
        catch (Exception error) when (_dialect.IsDuplicate(error) || error is StoreException { InnerException: { } inner } && _dialect.IsDuplicate(inner))
        {
            throw new ArgumentException("commit: found results of a table and first window that are there already", error);
        }
    }

    /// <summary>The answer, or null when the shards changed while they were looked at; and what going on came to.</summary>
    private static async Task<(CommitAnswer? Answer, RunTurn? Turn)> TryCommitAsync(
        Session session, Incarnation incarnation, List<ShardCommit> commits, Func<Session, Task<RunTurn?>>? goOn)
    {
        try
        {
            await SendAsync(session, incarnation, commits).ConfigureAwait(false);
            if (goOn is not null) session.CommitAndGoOn();
            RunTurn? turn = goOn is null ? null : await goOn(session).ConfigureAwait(false);
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.CommitDone).ConfigureAwait(false);
            return (new CommitAnswer([]), turn);
        }
        catch (DemandException)
        {
            await session.RollbackAsync().ConfigureAwait(false);
            CommitAnswer? answer = await ExplainAsync(session, incarnation, commits).ConfigureAwait(false);
            return (answer, answer is { IsCommitted: true } && goOn is not null ? await goOn(session).ConfigureAwait(false) : null);
        }
    }

    private static async Task SendAsync(Session session, Incarnation incarnation, List<ShardCommit> commits)
    {
        await session.ReachedAsync(FaultPoint.CommitBegin).ConfigureAwait(false);
        Fence(session, incarnation, commits);
        await session.ReachedAsync(FaultPoint.CommitFence).ConfigureAwait(false);
        InsertDigests(session, commits);
        await session.ReachedAsync(FaultPoint.CommitDigests).ConfigureAwait(false);
        InsertMail(session, commits);
        await session.ReachedAsync(FaultPoint.CommitMail).ConfigureAwait(false);
        InsertResults(session, commits);
        await session.ReachedAsync(FaultPoint.CommitResults).ConfigureAwait(false);
        InsertApplied(session, commits);
        await session.ReachedAsync(FaultPoint.CommitApplied).ConfigureAwait(false);
        List<ShardCommit> kept = commits.FindAll(commit => commit.Checkpoint is not null);
        foreach (ShardCommit commit in kept) InsertCheckpoint(session, commit.Shard, commit.Checkpoint!);
        await session.ReachedAsync(FaultPoint.CommitCheckpoint).ConfigureAwait(false);
        DeleteSuperseded(session, kept);
        await session.ReachedAsync(FaultPoint.CommitPrune).ConfigureAwait(false);
    }

    private static Rows ShardsOf(List<ShardCommit> commits) => new Rows()
        .Add("run", commits.Select(commit => commit.Shard.Run.Value))
        .Add("shard", commits.Select(commit => (long)commit.Shard.Index));

    private static void Fence(Session session, Incarnation incarnation, List<ShardCommit> commits) => session.Demand(
        """
        UPDATE shard SET done_window = r.upto, results_window = r.results, digest = coalesce(r.digest, shard.digest),
          checkpoint_window = coalesce(r.kept, shard.checkpoint_window)
        FROM {rows}
        WHERE shard.run = r.run AND shard.shard = r.shard AND shard.epoch = r.epoch AND shard.done_window = r.since
          AND shard.results_window = r.results_since AND (shard.incarnation = $1) IS TRUE
        """,
        ShardsOf(commits)
            .Add("epoch", commits.Select(commit => commit.Epoch))
            .Add("since", commits.Select(commit => commit.From.Number))
            .Add("upto", commits.Select(commit => commit.To.Number))
            .Add("results_since", commits.Select(commit => commit.ResultsFrom.Number))
            .Add("results", commits.Select(commit => commit.ResultsTo.Number))
            .Add("digest", commits.Select(commit => commit.Digests.Count == 0 ? (long?)null : Stored(commit.Digests[^1].Digest)))
            .Add("kept", commits.Select(commit => commit.Checkpoint?.Window.Number)),
        incarnation.Value);

    /// <summary>Why the fence did not let all through: the same commit took effect before and its answer was lost, or shards are lost.</summary>
    private static async Task<CommitAnswer?> ExplainAsync(Session session, Incarnation incarnation, List<ShardCommit> commits)
    {
        Pending<ShardLease> found = session.AskRows(
            """
            SELECT s.run, s.shard, s.epoch, s.done_window, s.results_window FROM {rows}
            JOIN shard s ON s.run = r.run AND s.shard = r.shard AND (s.incarnation = $1) IS TRUE
            """,
            ReadLease,
            ShardsOf(commits),
            incarnation.Value);
        await session.FlushAsync().ConfigureAwait(false);
        HashSet<ShardLease> held = [.. found.Rows];
        if (commits.All(commit => held.Contains(commit.After))) return new CommitAnswer([]);
        List<ShardId> lost = [.. commits.Where(commit => !held.Contains(commit.Before)).Select(commit => commit.Shard)];
        return lost.Count > 0 ? new CommitAnswer(lost) : null;
    }

    private static void InsertDigests(Session session, List<ShardCommit> commits)
    {
        List<(ShardId Shard, WindowDigest Digest)> all =
            [.. commits.SelectMany(commit => commit.Digests.Select(digest => (commit.Shard, digest)))];
        session.QueueRows(
            "INSERT INTO window_digest (run, shard, after_window, digest) SELECT r.run, r.shard, r.after_window, r.digest FROM {rows}",
            new Rows()
                .Add("run", all.Select(one => one.Shard.Run.Value))
                .Add("shard", all.Select(one => (long)one.Shard.Index))
                .Add("after_window", all.Select(one => one.Digest.Window.Number))
                .Add("digest", all.Select(one => Stored(one.Digest.Digest))));
    }

    private static void InsertMail(Session session, List<ShardCommit> commits)
    {
        foreach (IGrouping<RunId, ShardCommit> run in commits.GroupBy(commit => commit.Shard.Run))
        {
            List<(ShardCommit From, MailPacket Packet)> all = [.. run.SelectMany(commit => commit.Mail.Select(packet => (commit, packet)))];
            session.QueueRows(
                $$"""
                INSERT INTO {{session.Dialect.MailTable(run.Key)}} (run, sent_window, destination, source, bytes, checksum)
                SELECT $1, r.sent_window, r.destination, r.source, r.bytes, r.checksum FROM {rows}
                """,
                new Rows()
                    .Add("sent_window", all.Select(one => one.From.To.Number))
                    .Add("destination", all.Select(one => (long)one.Packet.Destination))
                    .Add("source", all.Select(one => (long)one.From.Shard.Index))
                    .Add("bytes", all.Select(one => one.Packet.Bytes))
                    .Add("checksum", all.Select(one => MailChecksum(
                        run.Key, new Mail(one.From.To, one.Packet.Destination, one.From.Shard.Index, one.Packet.Bytes)))),
                run.Key.Value);
        }
    }

    private static void InsertResults(Session session, List<ShardCommit> commits)
    {
        // Chunks are few and large: one statement each, rather than one array of all their bytes.
        foreach (ShardCommit commit in commits)
        {
            foreach (ResultChunk chunk in commit.Results)
            {
                session.Queue(
                    """
                    INSERT INTO result (run, name, shard, first_window, last_window, digest, bytes, checksum)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                    """,
                    commit.Shard.Run.Value, chunk.Table, (long)commit.Shard.Index, chunk.First.Number, chunk.Last.Number, Stored(chunk.Digest),
                    Blob.Of(chunk.Bytes), ResultChecksum(commit.Shard, chunk));
            }
        }
    }

    private static void InsertApplied(Session session, List<ShardCommit> commits)
    {
        List<ShardCommit> some = commits.FindAll(commit => commit.Applied.Count > 0);
        session.QueueRows(
            "INSERT INTO applied (run, after_window, shard, sequences) SELECT r.run, r.after_window, r.shard, r.sequences FROM {rows}",
            ShardsOf(some)
                .Add("after_window", some.Select(commit => commit.To.Number))
                .Add("sequences", some.Select(commit =>
                    string.Join(' ', commit.Applied.Order().Select(sequence => sequence.ToString(CultureInfo.InvariantCulture))))));
    }

    private static void InsertCheckpoint(Session session, ShardId shard, Checkpoint checkpoint) => session.Queue(
        """
        INSERT INTO checkpoint (run, shard, after_window, codec, digest, bytes, checksum) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (run, shard, after_window) DO NOTHING
        """,
        shard.Run.Value, (long)shard.Index, checkpoint.Window.Number, checkpoint.Codec, Stored(checkpoint.Digest), Blob.Of(checkpoint.Bytes),
        CheckpointChecksum(shard, checkpoint));

    private static void DeleteSuperseded(Session session, List<ShardCommit> kept) => session.QueueRows(
        """
        DELETE FROM checkpoint WHERE (run, shard, after_window) IN (
          SELECT c.run, c.shard, c.after_window FROM {rows} JOIN checkpoint c ON c.run = r.run AND c.shard = r.shard
          WHERE (SELECT count(*) FROM checkpoint n WHERE n.run = c.run AND n.shard = c.shard AND n.after_window > c.after_window) >= 2)
        """,
        ShardsOf(kept));

    private static long MailChecksum(RunId run, Mail mail) =>
        Checksum.Of(mail.Bytes, ["mail"], run.Value, mail.Window.Number, mail.Destination, mail.Source);

    private static long ResultChecksum(ShardId shard, ResultChunk chunk) => Checksum.Of(
        chunk.Bytes, ["result", chunk.Table], shard.Run.Value, shard.Index, chunk.First.Number, chunk.Last.Number, Stored(chunk.Digest));

    private static long CheckpointChecksum(ShardId shard, Checkpoint checkpoint) => Checksum.Of(
        checkpoint.Bytes, ["checkpoint", checkpoint.Codec], shard.Run.Value, shard.Index, checkpoint.Window.Number, Stored(checkpoint.Digest));
}
