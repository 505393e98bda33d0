using Damon.Store.Memory;
using Damon.Store.Nodes;
using Damon.Store.Postgres;
using Damon.Store.Sql;
using Damon.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace Damon.Store.Tests.Databases;

/// <summary>A fresh store of a kind, with its database.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly Func<Task> _remove;

    private TestStore(string kind, IRunStore store, string place, Func<Task> remove)
    {
        Kind = kind;
        Store = store;
        Place = place;
        _remove = remove;
    }

    /// <summary>The kinds, as data of a theory.</summary>
    public static TheoryData<string> Kinds => ["memory", "sqlite", "postgres"];

    /// <summary>The kinds that outlive a process.</summary>
    public static TheoryData<string> DurableKinds => ["sqlite", "postgres"];

    public string Kind { get; }

    public IRunStore Store { get; private set; }

    /// <summary>The file, or the connection string.</summary>
    public string Place { get; }

    public static async Task<TestStore> CreateAsync(string kind)
    {
        switch (kind)
        {
            case "memory":
                return new TestStore(kind, new MemoryStore(), "", () => Task.CompletedTask);
            case "sqlite":
                DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(PrivateServer.MemoryDisk, $"damon-store-{Guid.NewGuid():N}"));
                string file = Path.Combine(folder.FullName, "runs.db");
                return new TestStore(kind, await SqliteStore.OpenAsync(file), file, () =>
                {
                    folder.Delete(recursive: true);
                    return Task.CompletedTask;
                });
            default:
                string database = await TestPostgres.RentDatabaseAsync();
                return new TestStore(kind, await PostgresStore.OpenAsync(database), database, () => TestPostgres.ReturnDatabaseAsync(database));
        }
    }

    /// <summary>Another process' view of the same database.</summary>
    public async Task<IRunStore> OpenAnotherAsync(StoreOptions? options = null) => Kind switch
    {
        "sqlite" => await SqliteStore.OpenAsync(Place, options),
        "postgres" => await PostgresStore.OpenAsync(Place, options),
        _ => throw new InvalidOperationException($"nobody else sees a store of kind {Kind}"),
    };

    /// <summary>A worker's lease runs out now.</summary>
    public async Task ExpireAsync(Incarnation incarnation)
    {
        if (Store is MemoryStore memory) memory.Expire(incarnation);
        else await ((SqlStore)Store).ExpireAsync(incarnation);
    }

    /// <summary>What stands before the name of a table.</summary>
    public string Schema => Kind == "postgres" ? "damon." : "";

    /// <summary>Works on the database behind the store's back.</summary>
    public async Task ExecuteAsync(string sql)
    {
        if (Kind == "postgres") await TestPostgres.ExecuteAsync(Place, sql);
        else await QueryAsync<object>(sql);
    }

    /// <summary>Looks into the database behind the store's back.</summary>
    public async Task<T> QueryAsync<T>(string sql)
    {
        if (Kind == "postgres") return await TestPostgres.QueryAsync<T>(Place, sql);
        await using SqliteConnection connection = new($"Data Source={Place};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Flips a bit in the only row of a table.</summary>
    public async Task FlipAsync(string table, string column, int bit)
    {
        byte[] bytes = await QueryAsync<byte[]>($"SELECT {column} FROM {Schema}{table}");
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        string literal = Kind == "postgres" ? $"'\\x{Convert.ToHexString(bytes)}'" : $"x'{Convert.ToHexString(bytes)}'";
        await ExecuteAsync($"UPDATE {Schema}{table} SET {column} = {literal}");
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _remove();
    }
}
