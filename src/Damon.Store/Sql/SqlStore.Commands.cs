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
            await session.ReachedAsync(FaultPoint.SendBegin).ConfigureAwait(false);
            // With the run's row locked, sequences become visible in their order, and no window opens that this cannot see.
            Pending<(RunProgress Progress, Window Final)> locked = session.Ask(
                "SELECT state, open_window, last_command, final_window FROM run WHERE id = $1 {for update}",
                reader => (new RunProgress(StateOf(reader.GetString(0)), new Window(reader.GetInt64(1)), reader.GetInt64(2)), new Window(reader.GetInt64(3))),
                run.Value);
            Pending<(Guid Key, CommandReceipt Receipt)> before = session.AskRows(
                "SELECT c.key, c.sequence, c.effective_window FROM {rows} JOIN command c ON c.run = $1 AND c.key = r.key",
                reader => (reader.GetGuid(0), new CommandReceipt(reader.GetInt64(1), new Window(reader.GetInt64(2)))),
                new Rows().Add("key", commands.Select(command => command.Key)),
                run.Value);
            await session.FlushAsync().ConfigureAwait(false);
            if (locked.Rows.Count == 0) return [.. commands.Select(_ => CommandReceipt.Refused(CommandRefusal.NoSuchRun))];

            (RunProgress progress, Window final) = locked.Rows[0];
            Dictionary<Guid, CommandReceipt> known = before.Rows.ToDictionary(row => row.Key, row => row.Receipt);
            List<CommandReceipt> receipts = new(commands.Count);
            List<(CommandRequest Request, CommandReceipt Receipt)> fresh = [];
            foreach (CommandRequest command in commands)
            {
                if (!known.TryGetValue(command.Key, out CommandReceipt? receipt))
                {
                    receipt = Acceptance.Of(progress, final, command);
                    if (receipt.IsAccepted)
                    {
                        progress = progress with { LastCommand = receipt.Sequence };
                        known.Add(command.Key, receipt);
                        fresh.Add((command, receipt));
                    }
                }

                receipts.Add(receipt);
            }

            if (fresh.Count > 0) Log(session, run, fresh);
            await session.ReachedAsync(FaultPoint.SendLog).ConfigureAwait(false);
            await session.CommitAsync().ConfigureAwait(false);
            await session.ReachedAsync(FaultPoint.SendDone).ConfigureAwait(false);
            return receipts;
        },
        ct);

    private static void Log(Session session, RunId run, List<(CommandRequest Request, CommandReceipt Receipt)> fresh)
    {
        string[] hosts = [.. fresh.Select(one => HostsText(one.Request.Hosts))];
        session.QueueRows(
            """
            INSERT INTO command (run, sequence, key, hosts, kind, payload, effective_window, accepted_at, checksum)
            SELECT $1, r.sequence, r.key, r.hosts, r.kind, r.payload, r.effective, {now}, r.checksum FROM {rows}
            """,
            new Rows()
                .Add("sequence", fresh.Select(one => one.Receipt.Sequence))
                .Add("key", fresh.Select(one => one.Request.Key))
                .Add("hosts", hosts)
                .Add("kind", fresh.Select(one => one.Request.Kind))
                .Add("payload", fresh.Select(one => one.Request.Payload))
                .Add("effective", fresh.Select(one => one.Receipt.Effective.Number))
                .Add("checksum", fresh.Select((one, i) => CommandChecksum(
                    run, one.Receipt.Sequence, hosts[i], one.Request.Kind, one.Receipt.Effective, one.Request.Payload))),
            run.Value);
        session.Queue("UPDATE run SET last_command = $2 WHERE id = $1", run.Value, fresh[^1].Receipt.Sequence);
    }

    private static string HostsText(IReadOnlyList<string> hosts) => hosts.Count == 0 ? "[]" : JsonSerializer.Serialize(hosts);

    private static string[] HostsOf(string text) => text == "[]" ? [] : JsonSerializer.Deserialize<string[]>(text)!;

    private static long CommandChecksum(RunId run, long sequence, string hosts, string kind, Window effective, ReadOnlyMemory<byte> payload) =>
        Checksum.Of(payload, [hosts, kind], run.Value, sequence, effective.Number);

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
                    SELECT sequence, hosts, kind, payload, effective_window, accepted_at, checksum FROM command
                    WHERE run = $1 AND sequence > $2 AND effective_window > $3 ORDER BY sequence LIMIT $4
                    """,
                    reader =>
                    {
                        Command command = new(
                            reader.GetInt64(0), [], reader.GetString(2), reader.GetFieldValue<byte[]>(3), new Window(reader.GetInt64(4)), Time(reader.GetInt64(5)));
                        string hosts = reader.GetString(1);
                        Checksum.Check(
                            reader.GetInt64(6),
                            CommandChecksum(run, command.Sequence, hosts, command.Kind, command.Effective, command.Payload),
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
