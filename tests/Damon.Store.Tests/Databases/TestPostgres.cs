using System.Collections.Concurrent;
using Npgsql;

namespace Damon.Store.Tests.Databases;

/// <summary>
/// The PostgreSQL server of the tests: the one that DAMON_TEST_POSTGRES names, or one that is started for this process. Without a
/// server the tests fail; they are never skipped.
/// </summary>
internal static class TestPostgres
{
    private static readonly Lazy<string> Server = new(Find);

    /// <summary>Databases that tests are done with: making one takes far longer than emptying one.</summary>
    private static readonly ConcurrentBag<string> Empty = [];

    /// <summary>Connection string of the server's maintenance database.</summary>
    public static string ConnectionString => Server.Value;

    /// <summary>An empty database that no other test uses meanwhile: its connection string.</summary>
    public static async Task<string> RentDatabaseAsync()
    {
        if (Empty.TryTake(out string? empty)) return empty;
        string name = $"damon_{Guid.NewGuid():N}";
        await ExecuteAsync(ConnectionString, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public static async Task ReturnDatabaseAsync(string connectionString)
    {
        await ExecuteAsync(
            connectionString, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await ExecuteAsync(connectionString, "DROP SCHEMA IF EXISTS damon CASCADE");
        Empty.Add(connectionString);
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(Unpooled(connectionString));
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> QueryAsync<T>(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(Unpooled(connectionString));
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Making a database writes it to disk, which takes its time where many do so at once.</summary>
    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 120, CommandTimeout = 300 }.ConnectionString;

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("DAMON_TEST_POSTGRES") is { Length: > 0 } given) return given;
        PrivateServer server = new(inMemory: true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server.ConnectionString;
    }
}
