using System.Data.Common;
using Damon.Store.Faults;
using Damon.Store.Sql;
using Npgsql;

namespace Damon.Store.Postgres;

/// <summary>A connection from the pool. A transaction's BEGIN goes with its first statements, its COMMIT with the last: two round trips in all.</summary>
internal sealed class PostgresSession : Session
{
    private readonly NpgsqlConnection _connection;
    private readonly CancellationToken _ct;
    private readonly List<Action<DbDataReader>?> _takers = [];
    private NpgsqlBatch _batch;
    private bool _inTransaction;

    public PostgresSession(Dialect dialect, FaultInjection? faults, NpgsqlConnection connection, bool transaction, CancellationToken ct)
        : base(dialect, faults)
    {
        _connection = connection;
        _ct = ct;
        _batch = connection.CreateBatch();
        if (!transaction) return;
        _inTransaction = true;
        Queue("BEGIN");
    }

    protected override void Add(string sql, object?[] parameters, Rows? rows, Action<DbDataReader>? take)
    {
        NpgsqlBatchCommand command = new(Dialect.Render(sql, parameters.Length, rows));
        foreach (object? value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        foreach (Rows.Column column in rows?.Columns ?? []) command.Parameters.Add(new NpgsqlParameter { Value = column.Values });
        _batch.BatchCommands.Add(command);
        _takers.Add(take);
    }

    public override void Demand(string update, Rows rows, params object?[] parameters) => Add(
        // Too few rows divide by zero, and that ends the transaction before what was sent behind it is done.
        $"WITH changed AS ({update} RETURNING 1) SELECT 1 / (count(*) = ${parameters.Length + 1})::int FROM changed",
        [.. parameters, (long)rows.Count],
        rows,
        _ => { });

    public override void QueueNews(string update, params object?[] parameters) =>
        Add($"WITH changed AS ({update} RETURNING 1) SELECT pg_notify('damon', '') FROM changed", parameters, null, _ => { });

    public override void CommitAndGoOn()
    {
        Queue("COMMIT");
        Queue("BEGIN");
        Queue("SET LOCAL synchronous_commit TO off");
    }

    public override void Notify() => Queue("NOTIFY damon");

    public override async Task FlushAsync()
    {
        if (_takers.Count == 0) return;
        NpgsqlBatch batch = _batch;
        Action<DbDataReader>?[] takers = [.. _takers.Where(take => take is not null)];
        _batch = _connection.CreateBatch();
        _takers.Clear();
        await using (batch.ConfigureAwait(false))
        {
            try
            {
                await TakeAsync(batch, takers).ConfigureAwait(false);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DivisionByZero)
            {
                throw new DemandException(error);
            }
        }
    }

    private async Task TakeAsync(NpgsqlBatch batch, Action<DbDataReader>?[] takers)
    {
        NpgsqlDataReader reader = await batch.ExecuteReaderAsync(_ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            // Statements without an answer have no result set.
            for (int i = 0; i < takers.Length; i++)
            {
                while (await reader.ReadAsync(_ct).ConfigureAwait(false)) takers[i]!(reader);
                await reader.NextResultAsync(_ct).ConfigureAwait(false);
            }
        }
    }

    public override async Task CommitAsync()
    {
        if (_inTransaction) Queue("COMMIT");
        await FlushAsync().ConfigureAwait(false);
        _inTransaction = false;
    }

    public override async Task RollbackAsync()
    {
        _batch.BatchCommands.Clear();
        _takers.Clear();
        if (_inTransaction) Queue("ROLLBACK");
        _inTransaction = false;
        await FlushAsync().ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        // A transaction that is still open is rolled back when its connection goes back to the pool.
        await _batch.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
