using Damon.Store.Sql;

namespace Damon.Store.Sqlite;

/// <summary>The store of one machine: a file, with nothing to set up. Other processes may open the file too.</summary>
public sealed class SqliteStore : SqlStore
{
    private SqliteStore(Dialect dialect, StoreOptions options)
        : base(dialect, options)
    {
    }

    /// <summary>Opens a file; a new one, and the folders to it, are made.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">How the store behaves.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="StoreException">The file cannot be opened, is something else's, or has a newer schema.</exception>
    public static async Task<SqliteStore> OpenAsync(string path, StoreOptions? options = null, CancellationToken ct = default)
    {
        options ??= new StoreOptions();
        MakeFolder(path);
        SqliteDialect dialect = new(path, options.Faults);
        SqliteStore store = new(dialect, options);
        try
        {
            dialect.Open();
            await store.MigrateAsync(ct).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Access, $"SQLite file {path}: its folder cannot be made ({error.Message})", error);
        }
    }
}
