using System.Diagnostics;
using Npgsql;

namespace Damon.Store.Tests.Databases;

/// <summary>
/// The PostgreSQL server of the tests: the one that DAMON_TEST_POSTGRES names, or one that is started for this process. Without a
/// server the tests fail; they are never skipped.
/// </summary>
internal static class TestPostgres
{
    private static readonly Lazy<string> Server = new(Find);

    /// <summary>Connection string of the server's maintenance database.</summary>
    public static string ConnectionString => Server.Value;

    /// <summary>Makes a database and gives its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        string name = $"damon_{Guid.NewGuid():N}";
        await ExecuteAsync(ConnectionString, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public static Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync(ConnectionString, $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

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

    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("DAMON_TEST_POSTGRES") is { Length: > 0 } given) return given;
        string folder = Directory.CreateTempSubdirectory("damon-postgres-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Script("stop", folder);
            Directory.Delete(folder, recursive: true);
        };
        return Script("start", folder).TrimEnd('\n').Split('\t')[1];
    }

    private static string Script(string verb, string folder)
    {
        ProcessStartInfo start = new(Path.Combine(Repository(), "scripts", "postgres"), [verb, folder]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadLine() ?? "";
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"scripts/postgres {verb} ended with {process.ExitCode}");
    }

    private static string Repository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Damon.Actors.sln"))) return at.FullName;
        throw new DirectoryNotFoundException($"no Damon.Actors.sln above {AppContext.BaseDirectory}");
    }
}
