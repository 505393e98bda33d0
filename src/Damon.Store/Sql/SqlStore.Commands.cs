using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Damon.Store.Commands;
using Damon.Store.Faults;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Sql;

// The log of commands.
public abstract partial class SqlStore
{
    private const int CommandsPerPage = 1024;
    private const int AppliedPerPage = 256;

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommandReceipt>> SendTogetherAsync(
        RunId run, IReadOnlyList<CommandRequest> commands, CancellationToken ct = default) => WriteAsync<IReadOnlyList<CommandReceipt>>(
        async session =>
        {
            // All of it is one round trip, for commands wait for each other on the run's row.
            await session.ReachedAsync(FaultPoint.SendBegin).ConfigureAwait(false);
            List<CommandRequest> distinct = [.. commands.DistinctBy(command => command.Key)];
            Pending<(RunProgress Progress, Window Final)> locked = Lock(session, run);
            Pending<KeyValuePair<Guid, CommandReceipt>> accepted = Log(session, run, distinct);
            await session.ReachedAsync(FaultPoint.SendLog).ConfigureAwait(false);
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.SendDone).ConfigureAwait(false);

            if (locked.Rows.Count == 0) return [.. commands.Select(_ => CommandReceipt.Refused(CommandRefusal.NoSuchRun))];
            (RunProgress progress, Window final) = locked.Rows[0];
            Dictionary<Guid, CommandReceipt> receipts = new(accepted.Rows);
            if (receipts.Count < distinct.Count) await AddEarlierAsync(session, run, distinct, receipts).ConfigureAwait(false);
            return [.. commands.Select(command => receipts.GetValueOrDefault(command.Key) ?? Refusal(progress, final, command))];
        },
        ct);

    /// <summary>With the run's row locked, sequences become visible in their order, and no window opens that the log cannot see.</summary>
    private static Pending<(RunProgress Progress, Window Final)> Lock(Session session, RunId run) => session.Ask(
        "SELECT state, open_window, last_command, final_window FROM run WHERE id = $1 {for update}",
        reader => (new RunProgress(StateOf(reader.GetString(0)), new Window(reader.GetInt64(1)), reader.GetInt64(2)), new Window(reader.GetInt64(3))),
        run.Value);

    /// <summary>Logs those commands that are new and that <see cref="Acceptance"/> accepts; its rule is repeated here in SQL.</summary>
    private static Pending<KeyValuePair<Guid, CommandReceipt>> Log(Session session, RunId run, List<CommandRequest> commands)
    {
        string[] hosts = [.. commands.Select(command => HostsText(command.Hosts))];
        Pending<KeyValuePair<Guid, CommandReceipt>> accepted = session.AskRows(
            """
            INSERT INTO command (run, sequence, key, hosts, kind, payload, effective_window, accepted_at, checksum)
            SELECT $1, (SELECT coalesce(max(sequence), 0) FROM command WHERE run = $1) + row_number() OVER (ORDER BY r.place),
                   r.key, r.hosts, r.kind, r.payload,
                   CASE WHEN r.earliest > q.open_window + 2 THEN r.earliest ELSE q.open_window + 2 END, {now}, r.checksum
            FROM {rows} JOIN run q ON q.id = $1
            WHERE q.state IN ('running', 'paused') AND q.open_window + 2 <= q.final_window AND r.earliest <= q.final_window
              AND NOT EXISTS (SELECT 1 FROM command c WHERE c.key = r.key AND (c.run = $1) IS TRUE)
            RETURNING key, sequence, effective_window
            """,
            ReadReceipt,
            new Rows()
                .Add("place", Enumerable.Range(0, commands.Count).Select(i => (long)i))
                .Add("key", commands.Select(command => command.Key))
                .Add("hosts", hosts)
                .Add("kind", commands.Select(command => command.Kind))
                .Add("payload", commands.Select(command => command.Payload))
                .Add("earliest", commands.Select(command => command.Earliest?.Number ?? 0))
                .Add("checksum", commands.Select((command, i) => CommandChecksum(run, command.Key, hosts[i], command.Kind, command.Payload))),
            run.Value);
        session.Queue(
            "UPDATE run SET last_command = (SELECT coalesce(max(sequence), 0) FROM command WHERE run = $1) WHERE id = $1", run.Value);
        return accepted;
    }

    /// <summary>Adds the receipts of commands that are in the log from an earlier time: few, and what is in the log stays as it is.</summary>
    private static async Task AddEarlierAsync(Session session, RunId run, List<CommandRequest> commands, Dictionary<Guid, CommandReceipt> receipts)
    {
        Rows keys = new Rows().Add("key", commands.Select(command => command.Key).Where(key => !receipts.ContainsKey(key)));
        Pending<KeyValuePair<Guid, CommandReceipt>> earlier = session.AskRows(
            "SELECT c.key, c.sequence, c.effective_window FROM {rows} JOIN command c ON c.key = r.key AND (c.run = $1) IS TRUE", ReadReceipt, keys, run.Value);
        await session.FlushAsync().ConfigureAwait(false);
        foreach ((Guid key, CommandReceipt receipt) in earlier.Rows) receipts.Add(key, receipt);
    }

    /// <summary>Why a command is not in the log. If nothing speaks against it, the run was pruned since.</summary>
    private static CommandReceipt Refusal(RunProgress progress, Window final, CommandRequest command) =>
        Acceptance.Of(progress, final, command) is { IsAccepted: false } refused ? refused : CommandReceipt.Refused(CommandRefusal.NoSuchRun);

    private static KeyValuePair<Guid, CommandReceipt> ReadReceipt(DbDataReader reader) =>
        new(reader.GetGuid(0), new CommandReceipt(reader.GetInt64(1), new Window(reader.GetInt64(2))));

    private static string HostsText(IReadOnlyList<string> hosts) => hosts.Count == 0 ? "[]" : JsonSerializer.Serialize([.. hosts], HostNames.Default.StringArray);

    private static string[] HostsOf(string text) => text == "[]" ? [] : JsonSerializer.Deserialize(text, HostNames.Default.StringArray)!;

    private static long CommandChecksum(RunId run, Guid key, string hosts, string kind, ReadOnlyMemory<byte> payload) =>
        Checksum.Of(payload, [hosts, kind, key.ToString("N")], run.Value);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Command> ReadCommandsAsync(
        RunId run, long afterSequence = 0, Window effectiveAfter = default, [EnumeratorCancellation] CancellationToken ct = default)
    {
        List<Command> page;
        do
        {
            long after = afterSequence;
            page = await ReadAsync(
                session => session.QueryAsync(
                    """
                    SELECT sequence, hosts, kind, payload, effective_window, accepted_at, checksum, key FROM command
                    WHERE run = $1 AND sequence > $2 AND effective_window > $3 ORDER BY sequence LIMIT $4
                    """,
                    reader =>
                    {
                        Command command = new(
                            reader.GetInt64(0), [], reader.GetString(2), reader.GetFieldValue<byte[]>(3), new Window(reader.GetInt64(4)), Time(reader.GetInt64(5)));
                        string hosts = reader.GetString(1);
                        Checksum.Check(
                            reader.GetInt64(6),
                            CommandChecksum(run, reader.GetGuid(7), hosts, command.Kind, command.Payload),
                            $"run {run}, command {command.Sequence}, window {command.Effective}");
                        return command with { Hosts = HostsOf(hosts) };
                    },
                    run.Value, after, effectiveAfter.Number, (long)CommandsPerPage),
                ct).ConfigureAwait(false);
            foreach (Command command in page) yield return command;
            if (page.Count > 0) afterSequence = page[^1].Sequence;
        }
        while (page.Count == CommandsPerPage);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AppliedCommand> ReadAppliedAsync(RunId run, [EnumeratorCancellation] CancellationToken ct = default)
    {
        (Window Window, int Shard) last = (Window.None, -1);
        List<(Window Window, int Shard, string Sequences)> page;
        do
        {
            (Window Window, int Shard) after = last;
            page = await ReadAsync(
                session => session.QueryAsync(
                    """
                    SELECT after_window, shard, sequences FROM applied
                    WHERE run = $1 AND (after_window, shard) > ($2, $3) ORDER BY after_window, shard LIMIT $4
                    """,
                    reader => (new Window(reader.GetInt64(0)), (int)reader.GetInt64(1), reader.GetString(2)),
                    run.Value, after.Window.Number, (long)after.Shard, (long)AppliedPerPage),
                ct).ConfigureAwait(false);
            foreach ((Window window, int shard, string sequences) in page)
            {
                foreach (string sequence in sequences.Split(' '))
                    yield return new AppliedCommand(shard, window, long.Parse(sequence, CultureInfo.InvariantCulture));
                last = (window, shard);
            }
        }
        while (page.Count == AppliedPerPage);
    }
}
