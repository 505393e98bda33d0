using Damon.Store.Memory;
using Damon.Store.Nodes;
using Damon.Store.Postgres;
using Damon.Store.Sql;
using Damon.Store.Sqlite;

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
                DirectoryInfo folder = Directory.CreateTempSubdirectory("damon-store-");
                string file = Path.Combine(folder.FullName, "runs.db");
                return new TestStore(kind, await SqliteStore.OpenAsync(file), file, () =>
                {
                    folder.Delete(recursive: true);
                    return Task.CompletedTask;
                });
            default:
                string database = await TestPostgres.CreateDatabaseAsync();
                return new TestStore(kind, await PostgresStore.OpenAsync(database), database, () => TestPostgres.DropDatabaseAsync(database));
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

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _remove();
    }
}
