using Damon.Store.Faults;
using Damon.Store.Runs;
using Damon.Store.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Damon.Store.Sqlite;

/// <summary>How SQLite differs: one connection in turns, one row a statement, one writer a file, news only within the process.</summary>
internal sealed class SqliteDialect : Dialect
{
    /// <summary>Marks the file as one of this store: "damo" in letters.</summary>
    private const long ApplicationId = 0x64616d6f;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly NewsSignal _news = new();
    private readonly FaultInjection? _faults;
    private readonly string _place;

    static SqliteDialect() => Batteries_V2.Init();

    public SqliteDialect(string path, FaultInjection? faults)
    {
        _place = $"SQLite file {path}";
        _faults = faults;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
    }

    /// <summary>Opens the file; a new one becomes a store's.</summary>
    /// <exception cref="StoreException">The file cannot be opened or is something else's.</exception>
    public void Open()
    {
        try
        {
            _connection.Open();
            Execute("PRAGMA busy_timeout = 10000");
            long application = (long)Command("PRAGMA application_id").ExecuteScalar()!;
            bool isEmpty = (long)Command("SELECT count(*) FROM sqlite_master").ExecuteScalar()! == 0;
            if (application != ApplicationId && !isEmpty)
                throw new StoreException(StoreFault.Schema, $"{_place}: found a database of something else, allowed: a store of runs or a new file");
            if (isEmpty) Execute($"PRAGMA application_id = {ApplicationId}");
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = FULL");
        }
        catch (SqliteException error)
        {
            throw Translate(error)!;
        }
    }

    private void Execute(string sql) => Command(sql).ExecuteNonQuery();

    /// <summary>The statement, prepared once.</summary>
    public SqliteCommand Command(string sql)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        return command;
    }

    protected override IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["now"] = "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
        ["for update"] = "",
        ["skip locked"] = "",
        ["uuid"] = "text",
        ["bytes"] = "blob",
        ["identity"] = "integer PRIMARY KEY AUTOINCREMENT",
        ["ordinal"] = "COLLATE BINARY",
        ["hot"] = "",
        ["block ranges"] = "",
    };

    protected override string Each(string parameter) => $"SELECT value FROM json_each({parameter})";

    protected override string RowsRelation(IReadOnlyList<Rows.Column> columns, int first) =>
        $"(SELECT {string.Join(", ", columns.Select((column, i) => $"${first + i} AS {column.Name}"))}) AS r";

    public override async Task<Session> OpenAsync(bool transaction, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        // SQLite works on the thread that calls it: leave the caller's, which may have more to compute meanwhile.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            return new SqliteSession(this, _faults, transaction);
        }
        catch
        {
            EndTurn();
            throw;
        }
    }

    /// <summary>The next session may begin.</summary>
    public void EndTurn() => _turn.Release();

    public override bool IsPassing(Exception error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED };

    public override bool IsDuplicate(Exception error) => error is SqliteException
    {
        SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_UNIQUE,
    };

    public override bool IsMissingTable(Exception error) => false;

    public override StoreException? Translate(Exception error) => error is not SqliteException refused
        ? null
        : new StoreException(
            refused.SqliteErrorCode switch
            {
                raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreFault.Corrupt,
                raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_AUTH => StoreFault.Access,
                _ => StoreFault.Unavailable,
            },
            $"{_place}: {raw.sqlite3_errstr(refused.SqliteErrorCode).utf8_to_string()}",
            refused);

    public override async Task<bool> HasTableAsync(Session session, string table) =>
        (await session.QueryAsync("SELECT count(*) FROM sqlite_master WHERE name = $1", reader => reader.GetInt64(0), table).ConfigureAwait(false))[0] > 0;

    /// <summary>The transaction itself is the lock.</summary>
    public override Task BeginMigrationAsync(Session session) => Task.CompletedTask;

    public override async Task<StoreIdentity> IdentityAsync(Session session) =>
        (await session.QueryAsync("SELECT id FROM store_identity", reader => new StoreIdentity(reader.GetString(0), 1)).ConfigureAwait(false))[0];

    public override long News => _news.Count;

    /// <summary>Something changed.</summary>
    public void Ring() => _news.Ring();

    public override Task WaitForNewsAsync(long seen, TimeSpan timeout, CancellationToken ct) => _news.WaitAsync(seen, timeout, ct);

    public override string MailTable(RunId run) => "mail";

    public override void CreateMail(Session session, RunId run)
    {
        // All runs share one table.
    }

    public override void CreateMailRange(Session session, RunId run, long range)
    {
        // A table has room for all windows.
    }

    public override void DropMailRanges(Session session, RunId run, long first, long end) => session.Queue(
        "DELETE FROM mail WHERE run = $1 AND sent_window >= $2 AND sent_window < $3", run.Value, MailRange.First(first), MailRange.First(end));

    public override void DropMail(Session session, RunId run) => session.Queue("DELETE FROM mail WHERE run = $1", run.Value);

    public override async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        foreach (SqliteCommand command in _commands.Values) await command.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
