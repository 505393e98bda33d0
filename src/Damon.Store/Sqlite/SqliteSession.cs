using System.Data.Common;
using System.Globalization;
using Damon.Store.Faults;
using Damon.Store.Sql;
using Microsoft.Data.Sqlite;

namespace Damon.Store.Sqlite;

/// <summary>A turn on the store's one connection. Statements run where they are added: there is no server to wait for.</summary>
internal sealed class SqliteSession : Session
{
    private readonly SqliteDialect _dialect;
    private bool _inTransaction;
    private bool _hasNews;

    public SqliteSession(SqliteDialect dialect, FaultInjection? faults, bool transaction)
        : base(dialect, faults)
    {
        _dialect = dialect;
        if (!transaction) return;
        Execute("BEGIN IMMEDIATE");
        _inTransaction = true;
    }

    protected override void Add(string sql, object?[] parameters, Rows? rows, Action<DbDataReader>? take)
    {
        SqliteCommand command = _dialect.Command(Dialect.Render(sql, parameters.Length, rows));
        for (int i = 0; i < parameters.Length; i++) Bind(command, i, parameters[i]);
        if (rows is null)
        {
            Run(command, take);
            return;
        }

        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < rows.Columns.Count; column++)
                Bind(command, parameters.Length + column, rows.Columns[column].Values.GetValue(row));
            Run(command, take);
        }
    }

    private static void Bind(SqliteCommand command, int index, object? value)
    {
        if (command.Parameters.Count == index)
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${index + 1}") });
        command.Parameters[index].Value = value switch
        {
            null => DBNull.Value,
            long[] numbers => $"[{string.Join(',', numbers)}]",
            _ => value,
        };
    }

    public override void Demand(string update, Rows rows, params object?[] parameters)
    {
        int changed = 0;
        Add($"{update} RETURNING 1", parameters, rows, _ => changed++);
        if (changed < rows.Count) throw new DemandException();
    }

    public override void QueueNews(string update, params object?[] parameters) =>
        Add($"{update} RETURNING 1", parameters, null, _ => _hasNews = true);

    public override void CommitAndGoOn()
    {
        // There is one writer a file: nobody waits for what is only half done.
    }

    private static void Run(SqliteCommand command, Action<DbDataReader>? take)
    {
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read()) take?.Invoke(reader);
    }

    private void Execute(string sql) => _dialect.Command(sql).ExecuteNonQuery();

    public override void Notify() => _hasNews = true;

    public override Task FlushAsync() => Task.CompletedTask;

    public override Task CommitAsync()
    {
        if (_inTransaction) Execute("COMMIT");
        if (_hasNews) _dialect.Ring();
        (_inTransaction, _hasNews) = (false, false);
        return Task.CompletedTask;
    }

    public override Task RollbackAsync()
    {
        if (_inTransaction) Execute("ROLLBACK");
        (_inTransaction, _hasNews) = (false, false);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        try
        {
            if (_inTransaction) Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The failure that ended the transaction has rolled it back by itself.
        }
        finally
        {
            _dialect.EndTurn();
        }

        return ValueTask.CompletedTask;
    }
}
