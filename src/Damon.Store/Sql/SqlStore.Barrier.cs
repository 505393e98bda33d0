using Damon.Store.Faults;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Sql;

// Which windows may be computed.
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task<bool> OpenAsync(RunId run, Window done, CancellationToken ct = default) => WriteAsync(
        async session =>
        {
            await session.ReachedAsync(FaultPoint.OpenBegin).ConfigureAwait(false);
            List<long> opened = await session.QueryAsync(
                $"{OpenNext} RETURNING mail_range",
                reader => reader.GetInt64(0),
                run.Value, done.Number).ConfigureAwait(false);
            if (opened.Count == 0) return false;
            await session.ReachedAsync(FaultPoint.OpenMark).ConfigureAwait(false);
            long range = MailRange.Of(done.Next);
            if (range != MailRange.Of(done)) await TurnMailAsync(session, run, range, opened[0]).ConfigureAwait(false);
            session.Notify();
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.OpenDone).ConfigureAwait(false);
            return true;
        },
        ct);

    /// <summary>The barrier for a window that begins no range of mail, and what is behind it.</summary>
    private async Task<RunTurn?> OpenAndTurnAsync(Session session, RunId run, Window done, IReadOnlyCollection<int> receivers)
    {
        await session.ReachedAsync(FaultPoint.OpenBegin).ConfigureAwait(false);
        session.QueueNews(OpenNext, run.Value, done.Number);
        await session.ReachedAsync(FaultPoint.OpenMark).ConfigureAwait(false);
        Func<RunTurn?> turn = AskTurn(session, run, done, receivers);
        await session.CommitAsync().ConfigureAwait(false);
        RunTurn? next = turn();
        if (next?.Progress.OpenWindow > done) await session.ReachedAsync(FaultPoint.OpenDone).ConfigureAwait(false);
        return next;
    }

    /// <inheritdoc/>
    public Task<RunTurn?> TurnAsync(RunId run, Window done, IReadOnlyCollection<int> receivers, CancellationToken ct = default) => ReadAsync(
        async session =>
        {
            try
            {
                Func<RunTurn?> turn = AskTurn(session, run, done, receivers);
                await session.FlushAsync().ConfigureAwait(false);
                return turn();
            }
            catch (Exception error) when (_dialect.IsMissingTable(error))
            {
                // A free run, or none.
                return await ReadProgressAsync(session, run).ConfigureAwait(false) is { } progress ? new RunTurn(progress, []) : null;
            }
        },
        ct);

    /// <summary>
    /// Asks how a run stands and for its mail in one statement, so that they belong together. Before the window opens the mail's key is
    /// null, and no mail is looked for: most who ask come too early.
    /// </summary>
    private Func<RunTurn?> AskTurn(Session session, RunId run, Window done, IReadOnlyCollection<int> receivers)
    {
        Pending<(RunProgress Progress, Mail? Mail)> rows = session.Ask(
            $$"""
            SELECT q.state, q.open_window, q.last_command, m.sent_window, m.destination, m.source, m.bytes, m.checksum
            FROM run q LEFT JOIN {{_dialect.MailTable(run)}} m
              ON m.run = q.id AND m.sent_window = CASE WHEN q.open_window > $2 THEN q.open_window - 1 END AND m.destination IN ({each $3})
            WHERE q.id = $1 ORDER BY m.destination, m.source
            """,
            reader => (
                new RunProgress(StateOf(reader.GetString(0)), new Window(reader.GetInt64(1)), reader.GetInt64(2)),
                reader.IsDBNull(3) ? null : ReadMail(run, reader, 3)),
            run.Value, done.Number, receivers.Select(shard => (long)shard).ToArray());
        return () => rows.Rows.Count == 0 ? null : new RunTurn(rows.Rows[0].Progress, [.. rows.Rows.Select(row => row.Mail).OfType<Mail>()]);
    }

    private const string OpenNext =
        """
        UPDATE run SET open_window = open_window + 1
        WHERE id = $1 AND coupled AND open_window = $2 AND open_window < final_window
          AND NOT EXISTS (SELECT 1 FROM shard s WHERE s.run = $1 AND s.done_window < $2)
        """;

    /// <summary>
    /// A new range of windows begins: there must be one more to come, and those that no shard's older checkpoint needs can go.
    /// No shard is between windows now, so nobody is in the way of changing the run's mail tables.
    /// </summary>
    private async Task TurnMailAsync(Session session, RunId run, long range, long oldest)
    {
        _dialect.CreateMailRange(session, run, range + 1);
        List<long> needed = await session.QueryAsync(
            """
            SELECT CASE WHEN count(*) = (SELECT shards FROM run WHERE id = $1) THEN min(c.older) ELSE 0 END
            FROM (SELECT min(after_window) AS older FROM checkpoint WHERE run = $1 GROUP BY shard HAVING count(*) = 2) c
            """,
            reader => reader.GetInt64(0),
            run.Value).ConfigureAwait(false);
        long first = MailRange.Of(new Window(needed[0]));
        if (first <= oldest) return;
        _dialect.DropMailRanges(session, run, oldest, first);
        session.Queue("UPDATE run SET mail_range = $2 WHERE id = $1", run.Value, first);
    }

    /// <inheritdoc/>
    public Task<Window> ReachAsync(RunId run, Window wanted, CancellationToken ct = default) => WriteAsync(
        async session =>
        {
            session.Queue(
                """
                UPDATE run SET open_window = CASE WHEN $2 < final_window THEN $2 ELSE final_window END
                WHERE id = $1 AND NOT coupled AND open_window < $2 AND open_window < final_window
                """,
                run.Value, wanted.Number);
            List<Window> open = await session
                .QueryAsync("SELECT open_window FROM run WHERE id = $1", reader => new Window(reader.GetInt64(0)), run.Value)
                .ConfigureAwait(false);
            return open.Count == 0 ? Window.None : open[0];
        },
        ct);
}
