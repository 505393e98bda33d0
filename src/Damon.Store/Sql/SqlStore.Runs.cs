using System.Data.Common;
using Damon.Store.Faults;
using Damon.Store.Runs;

namespace Damon.Store.Sql;

// Runs and their life.
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task<RunId> SubmitAsync(RunSubmission submission, CancellationToken ct = default)
    {
        submission.Validate();
        return WriteAsync(
            async session =>
            {
                if (await FindAsync(session, submission.Key).ConfigureAwait(false) is { } there) return there;
                StoreIdentity identity = await _dialect.IdentityAsync(session).ConfigureAwait(false);
                if (await InsertAsync(session, submission, identity).ConfigureAwait(false) is not { } run)
                    return (await FindAsync(session, submission.Key).ConfigureAwait(false))!.Value;
                byte[] scenario = Blob.Of(submission.Scenario);
                session.Queue(
                    "INSERT INTO scenario (run, bytes, checksum) VALUES ($1, $2, $3)", run.Value, scenario, Checksum.Of(scenario, [], run.Value));
                session.QueueRows(
                    "INSERT INTO shard (run, shard, epoch, done_window, digest) SELECT $1, r.number, 0, 0, 0 FROM {rows}",
                    new Rows().Add("number", Enumerable.Range(0, submission.Shards).Select(i => (long)i)),
                    run.Value);
                if (submission.Coupled)
                {
                    _dialect.CreateMail(session, run);
                    _dialect.CreateMailRange(session, run, 0);
                    _dialect.CreateMailRange(session, run, 1);
                }

                session.Notify();
                return run;
            },
            ct);
    }

    private static async Task<RunId?> FindAsync(Session session, Guid key)
    {
        List<RunId> found = await session
            .QueryAsync("SELECT id FROM run WHERE key = $1", reader => new RunId(reader.GetInt64(0)), key)
            .ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    private static async Task<RunId?> InsertAsync(Session session, RunSubmission submission, StoreIdentity identity)
    {
        List<RunId> inserted = await session.QueryAsync(
            """
            INSERT INTO run (key, name, seed, config_hash, code, shards, final_window, window_ns, coupled, database, timeline,
                             submitted_at, state, open_window, last_command, mail_range)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, {now}, 'running', 1, 0, 0)
            ON CONFLICT (key) DO NOTHING
            RETURNING id
            """,
            reader => new RunId(reader.GetInt64(0)),
            submission.Key, submission.Name, unchecked((long)submission.Seed), submission.ConfigHash, submission.Code, (long)submission.Shards,
            submission.FinalWindow.Number, submission.WindowNanoseconds, submission.Coupled, identity.Database, identity.Timeline)
            .ConfigureAwait(false);
        return inserted.Count == 0 ? null : inserted[0];
    }

    private const string SelectRuns =
        """
        SELECT q.id, q.name, q.seed, q.config_hash, q.code, q.shards, q.final_window, q.window_ns, q.coupled, q.database, q.timeline, q.state,
               q.open_window, (SELECT min(s.done_window) FROM shard s WHERE s.run = q.id), q.last_command, q.submitted_at,
               q.ended_at, q.digest, q.result
        FROM run q
        """;

    private static Run ReadRun(DbDataReader reader) => new()
    {
        Id = new RunId(reader.GetInt64(0)),
        Name = reader.GetString(1),
        Seed = unchecked((ulong)reader.GetInt64(2)),
        ConfigHash = reader.GetString(3),
        Code = reader.GetString(4),
        Shards = (int)reader.GetInt64(5),
        FinalWindow = new Window(reader.GetInt64(6)),
        WindowNanoseconds = reader.GetInt64(7),
        Coupled = reader.GetBoolean(8),
        Identity = new StoreIdentity(reader.GetString(9), reader.GetInt64(10)),
        State = StateOf(reader.GetString(11)),
        OpenWindow = new Window(reader.GetInt64(12)),
        DoneWindow = new Window(reader.GetInt64(13)),
        LastCommand = reader.GetInt64(14),
        Submitted = Time(reader.GetInt64(15)),
        Ended = reader.IsDBNull(16) ? null : Time(reader.GetInt64(16)),
        Digest = reader.IsDBNull(17) ? null : DigestOf(reader.GetInt64(17)),
        Result = reader.IsDBNull(18) ? null : reader.GetString(18),
    };

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(RunId run, CancellationToken ct = default) => ReadAsync(
        async session => (await session.QueryAsync($"{SelectRuns} WHERE q.id = $1", ReadRun, run.Value).ConfigureAwait(false)).FirstOrDefault(), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListRunsAsync(int limit = int.MaxValue, RunState? state = null, CancellationToken ct = default) => ReadAsync<IReadOnlyList<Run>>(
        async session => await session.QueryAsync(
            $"{SelectRuns} WHERE $1 OR q.state = $2 ORDER BY q.id DESC LIMIT $3",
            ReadRun,
            state is null, state is { } some ? Stored(some) : "", (long)limit).ConfigureAwait(false),
        ct);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadScenarioAsync(RunId run, CancellationToken ct = default) => ReadAsync(
        async session =>
        {
            List<byte[]> found = await session.QueryAsync(
                "SELECT bytes, checksum FROM scenario WHERE run = $1",
                reader =>
                {
                    byte[] bytes = reader.GetFieldValue<byte[]>(0);
                    Checksum.Check(reader.GetInt64(1), Checksum.Of(bytes, [], run.Value), $"run {run}, scenario");
                    return bytes;
                },
                run.Value).ConfigureAwait(false);
            return found.Count == 0 ? null : (ReadOnlyMemory<byte>?)found[0];
        },
        ct);

    /// <inheritdoc/>
    public Task<RunProgress?> ProgressAsync(RunId run, CancellationToken ct = default) => ReadAsync(session => ReadProgressAsync(session, run), ct);

    private static async Task<RunProgress?> ReadProgressAsync(Session session, RunId run) => (await session.QueryAsync(
        "SELECT state, open_window, last_command FROM run WHERE id = $1",
        reader => new RunProgress(StateOf(reader.GetString(0)), new Window(reader.GetInt64(1)), reader.GetInt64(2)),
        run.Value).ConfigureAwait(false)).FirstOrDefault();

    /// <inheritdoc/>
    public async Task<bool> ChangeStateAsync(RunId run, RunState state, CancellationToken ct = default)
    {
        if (state is RunState.Finished or RunState.Failed) throw new ArgumentException($"state: found {state}, which needs an outcome");
        return (await ChangeAsync(run, state, null, null, ct).ConfigureAwait(false))?.State == state;
    }

    /// <inheritdoc/>
    public async Task<bool> FinishAsync(RunId run, Digest digest, string summary, CancellationToken ct = default) =>
        await ChangeAsync(run, RunState.Finished, digest, summary, ct).ConfigureAwait(false) is { State: RunState.Finished } now
        && now.Digest == digest;

    /// <inheritdoc/>
    public async Task<bool> FailAsync(RunId run, string failure, CancellationToken ct = default) =>
        (await ChangeAsync(run, RunState.Failed, null, failure, ct).ConfigureAwait(false))?.State == RunState.Failed;

    private sealed record Outcome(RunState State, Digest? Digest);

    /// <summary>Moves a run to a state, if the one that it is in allows it, and tells where it is then.</summary>
    private Task<Outcome?> ChangeAsync(RunId run, RunState state, Digest? digest, string? result, CancellationToken ct) => WriteAsync(
        async session =>
        {
            IReadOnlyList<RunState> before = RunStates.Before(state);
            List<bool> changed = await session.QueryAsync(
                """
                UPDATE run SET state = $2, ended_at = CASE WHEN $3 THEN {now} END, digest = $4, result = $5
                WHERE id = $1 AND state IN ($6, $7)
                  AND NOT ($8 AND EXISTS (SELECT 1 FROM shard s WHERE s.run = $1 AND s.done_window < run.final_window))
                RETURNING coupled
                """,
                reader => true,
                run.Value, Stored(state), state.IsOver(), digest is { } some ? Stored(some) : null, result, Stored(before[0]), Stored(before[^1]),
                state == RunState.Finished).ConfigureAwait(false);
            if (changed.Count > 0) session.Notify();
            await session.ReachedAsync(FaultPoint.FinishMark).ConfigureAwait(false);
            Pending<Outcome> outcome = session.Ask(
                "SELECT state, digest FROM run WHERE id = $1",
                reader => new Outcome(StateOf(reader.GetString(0)), reader.IsDBNull(1) ? null : DigestOf(reader.GetInt64(1))),
                run.Value);
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.FinishDone).ConfigureAwait(false);
            return outcome.Rows.FirstOrDefault();
        },
        ct);

    /// <inheritdoc/>
    public Task<bool> PruneAsync(RunId run, CancellationToken ct = default) => WriteAsync(
        async session =>
        {
            List<RunState> state = await session
                .QueryAsync("SELECT state FROM run WHERE id = $1 {for update}", reader => StateOf(reader.GetString(0)), run.Value)
                .ConfigureAwait(false);
            if (state.Count == 0) return true;
            if (!state[0].IsOver()) return false;
            // First the shards: a late commit waits for these rows and then finds them gone.
            foreach (string table in (string[])["shard", "scenario", "window_digest", "checkpoint", "result", "command", "applied"])
                session.Queue($"DELETE FROM {table} WHERE run = $1", run.Value);
            _dialect.DropMail(session, run);
            session.Queue("DELETE FROM run WHERE id = $1", run.Value);
            return true;
        },
        ct);
}
