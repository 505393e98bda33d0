using Damon.Store.Sql;

namespace Damon.Store.Postgres;

/// <summary>The cluster's store: any number of processes and machines share it. Its tables are in a schema of their own, <c>damon</c>.</summary>
public sealed class PostgresStore : SqlStore
{
    private PostgresStore(Dialect dialect, StoreOptions options)
        : base(dialect, options)
    {
    }

    /// <summary>Opens a database; one without the store's tables gets them.</summary>
    /// <param name="connectionString">As Npgsql has them: <c>Host=...;Database=...;Username=...</c>.</param>
    /// <param name="options">How the store behaves.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="StoreException">The database cannot be reached, refuses, or has a newer schema.</exception>
    public static async Task<PostgresStore> OpenAsync(string connectionString, StoreOptions? options = null, CancellationToken ct = default)
    {
        options ??= new StoreOptions();
        PostgresStore store = new(new PostgresDialect(connectionString, options.Faults), options);
        try
        {
            await store.MigrateAsync(ct).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
