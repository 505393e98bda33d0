using System.Data.Common;
using Damon.Store.Faults;

namespace Damon.Store.Sql;

/// <summary>Answers of a statement that is sent with others; they are there after the next flush.</summary>
internal sealed class Pending<T>
{
    /// <summary>The rows of the answer.</summary>
    public List<T> Rows { get; } = [];
}

/// <summary>
/// A database connection for one piece of work, in one transaction or in none. Statements wait until an answer is needed and
/// then go to the server together. A session that is not committed leaves nothing behind.
/// </summary>
internal abstract class Session(Dialect dialect, FaultInjection? faults) : IAsyncDisposable
{
    /// <summary>How this database speaks SQL.</summary>
    public Dialect Dialect { get; } = dialect;

    /// <summary>Sends a statement with the next flush. Parameters are <c>$1</c>, <c>$2</c> ...</summary>
    public void Queue(string sql, params object?[] parameters) => Add(sql, parameters, null, null);

    /// <summary>Sends a statement over <c>{rows}</c> with the next flush; nothing for no rows.</summary>
    public void QueueRows(string sql, Rows rows, params object?[] parameters)
    {
        if (rows.Count > 0) Add(sql, parameters, rows, null);
    }

    /// <summary>Sends a query with the next flush.</summary>
    public Pending<T> Ask<T>(string sql, Func<DbDataReader, T> read, params object?[] parameters) => AskRows(sql, read, null, parameters);

    /// <summary>Sends a query over <c>{rows}</c> with the next flush; no answers for no rows.</summary>
    public Pending<T> AskRows<T>(string sql, Func<DbDataReader, T> read, Rows? rows, params object?[] parameters)
    {
        Pending<T> pending = new();
        if (rows is null or { Count: > 0 }) Add(sql, parameters, rows, reader => pending.Rows.Add(read(reader)));
        return pending;
    }

    /// <summary>Sends a query with all that waits, and gives its rows.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, params object?[] parameters)
    {
        Pending<T> pending = Ask(sql, read, parameters);
        await FlushAsync().ConfigureAwait(false);
        return pending.Rows;
    }

    /// <summary>Sends an update over <c>{rows}</c> that has to change a row for each of them; else nothing is done of what goes with it.</summary>
    /// <exception cref="DemandException">It did not. Who has a server hears of it with the next flush. A rollback has to follow.</exception>
    public abstract void Demand(string update, Rows rows, params object?[] parameters);

    /// <summary>Sends an update; if it changes a row, whoever waits for news is told.</summary>
    public abstract void QueueNews(string update, params object?[] parameters);

    /// <summary>
    /// What was sent is committed for others to see; what follows is a transaction of its own, in the same trip. Nobody waits until
    /// that one is on the disk: it may be lost with the machine, but not when anything durable that came after it is kept.
    /// </summary>
    public abstract void CommitAndGoOn();

    /// <summary>A step of a transaction is reached: a test may have asked that the process ends here.</summary>
    public async Task ReachedAsync(FaultPoint point)
    {
        if (faults?.IsArmed(point) != true) return;
        await FlushAsync().ConfigureAwait(false);
        faults.Reached(point);
    }

    /// <summary>Tells whoever waits for news, once the transaction is committed.</summary>
    public abstract void Notify();

    /// <summary>Sends what waits and takes in the answers.</summary>
    public abstract Task FlushAsync();

    /// <summary>Sends what waits and makes all of it durable.</summary>
    public abstract Task CommitAsync();

    /// <summary>Undoes all; statements after it are each on their own.</summary>
    public abstract Task RollbackAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Adds a statement; its rows go to <paramref name="take"/> one by one.</summary>
    protected abstract void Add(string sql, object?[] parameters, Rows? rows, Action<DbDataReader>? take);
}
