using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Damon.Store.Runs;

namespace Damon.Store.Sql;

/// <summary>Everything in which one database differs from the other. The statements of <see cref="SqlStore"/> are written once.</summary>
internal abstract partial class Dialect : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Sql, int Parameters, string Columns), string> _rendered = new();

    /// <summary>What the database says for each word in braces.</summary>
    protected abstract IReadOnlyDictionary<string, string> Words { get; }

    /// <summary>The query whose rows are the numbers of an array parameter: <c>{each $2}</c>.</summary>
    protected abstract string Each(string parameter);

    /// <summary>The relation that stands for <c>{rows}</c>.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="first">The number of the first column's parameter.</param>
    protected abstract string RowsRelation(IReadOnlyList<Rows.Column> columns, int first);

    /// <summary>The statement in this database's words.</summary>
    public string Render(string sql, int parameters = 0, Rows? rows = null)
    {
        string columns = rows is null ? "" : string.Join(' ', rows.Columns.Select(column => column.Name));
        return _rendered.GetOrAdd((sql, parameters, columns), _ =>
        {
            string text = EachParameter().Replace(sql, match => Each(match.Groups[1].Value));
            foreach ((string word, string meaning) in Words) text = text.Replace($"{{{word}}}", meaning, StringComparison.Ordinal);
            return rows is null ? text : text.Replace("{rows}", RowsRelation(rows.Columns, parameters + 1), StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"\{each (\$\d+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex EachParameter();

    /// <summary>A connection: in one transaction that may write, or with every statement on its own.</summary>
    public abstract Task<Session> OpenAsync(bool transaction, CancellationToken ct);

    /// <summary>Whether a transaction that failed so may be tried again as a whole.</summary>
    public abstract bool IsPassing(Exception error);

    /// <summary>Whether a row with this key is there already.</summary>
    public abstract bool IsDuplicate(Exception error);

    /// <summary>Whether a run's mail table is not there.</summary>
    public abstract bool IsMissingTable(Exception error);

    /// <summary>The driver's error in this library's words; null: it is none of the driver's.</summary>
    public abstract StoreException? Translate(Exception error);

    /// <summary>Whether a table of the store is there.</summary>
    public abstract Task<bool> HasTableAsync(Session session, string table);

    /// <summary>Prepares for a migration: nobody else migrates until the transaction ends.</summary>
    public abstract Task BeginMigrationAsync(Session session);

    /// <summary>Which database this is, given the store's own identity.</summary>
    public abstract Task<StoreIdentity> IdentityAsync(Session session);

    /// <summary>Hints that something changed.</summary>
    public abstract long News { get; }

    /// <summary>Waits for a hint.</summary>
    public abstract Task WaitForNewsAsync(long seen, TimeSpan timeout, CancellationToken ct);

    /// <summary>The table of a run's mail.</summary>
    public abstract string MailTable(RunId run);

    /// <summary>Makes the table of a coupled run's mail.</summary>
    public abstract void CreateMail(Session session, RunId run);

    /// <summary>Makes room for the mail of a range of windows.</summary>
    public abstract void CreateMailRange(Session session, RunId run, long range);

    /// <summary>Drops the mail of ranges of windows.</summary>
    public abstract void DropMailRanges(Session session, RunId run, long first, long end);

    /// <summary>Drops all mail of a run.</summary>
    public abstract void DropMail(Session session, RunId run);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>Mail is kept in ranges of windows, so that it can be dropped by the range.</summary>
internal static class MailRange
{
    /// <summary>Number of windows of a range.</summary>
    public const long Windows = 64;

    /// <summary>The range of a window.</summary>
    public static long Of(Window window) => window.Number / Windows;

    /// <summary>First window of a range.</summary>
    public static long First(long range) => range * Windows;
}
