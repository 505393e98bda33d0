using Damon.Store.Postgres;
using Damon.Store.Runs;
using Damon.Store.Sql;
using Damon.Store.Sqlite;
using Damon.Store.Tests.Databases;
using Npgsql;

namespace Damon.Store.Tests;

public sealed class SchemaTests
{
    [Theory]
    [MemberData(nameof(TestStore.DurableKinds), MemberType = typeof(TestStore))]
    public async Task A_newer_schema_is_refused_by_its_version(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        await test.ExecuteAsync($"INSERT INTO {test.Schema}schema_version (version, applied_at) VALUES ({Migrations.Newest + 1}, 0)");
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => test.OpenAnotherAsync());
        Assert.Equal(StoreFault.Schema, refused.Fault);
        Assert.Contains($"version {Migrations.Newest + 1}, allowed: up to {Migrations.Newest}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestStore.DurableKinds), MemberType = typeof(TestStore))]
    public async Task A_store_of_the_first_version_is_brought_to_this_one_with_its_runs(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        RunId run = await test.Store.SubmitAsync(Samples.Submission());
        await test.ExecuteAsync($"UPDATE {test.Schema}shard SET done_window = 7 WHERE shard = 3");
        await test.ExecuteAsync($"ALTER TABLE {test.Schema}shard DROP COLUMN results_window");
        await test.ExecuteAsync($"DELETE FROM {test.Schema}schema_version WHERE version = 2");
        await using IRunStore opened = await test.OpenAnotherAsync();
        Assert.All(await opened.ListShardsAsync(run), shard => Assert.Equal(shard.DoneWindow, shard.ResultsWindow));
        Assert.Contains(await opened.ListShardsAsync(run), shard => shard.ResultsWindow == new Window(7));
    }

    [Fact]
    public async Task Many_may_open_a_new_database_at_once()
    {
        string database = await TestPostgres.RentDatabaseAsync();
        PostgresStore[] stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostgresStore.OpenAsync(database)));
        StoreIdentity[] identities = await Task.WhenAll(stores.Select(store => store.IdentityAsync()));
        Assert.Single(identities.Distinct());
        foreach (PostgresStore store in stores) await store.DisposeAsync();
        await TestPostgres.ReturnDatabaseAsync(database);
    }

    [Fact]
    public async Task Each_database_is_another_one()
    {
        await using TestStore first = await TestStore.CreateAsync("postgres");
        await using TestStore second = await TestStore.CreateAsync("postgres");
        StoreIdentity identity = await first.Store.IdentityAsync();
        Assert.NotEqual(identity, await second.Store.IdentityAsync());
        Assert.Equal(1, identity.Timeline);
    }

    [Theory]
    [InlineData("not a database at all, only some text that is long enough to look like a page")]
    [InlineData("")]
    public async Task A_file_of_something_else_is_left_alone(string content)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("damon-store-");
        string file = Path.Combine(folder.FullName, "other.db");
        if (content.Length > 0)
        {
            await File.WriteAllTextAsync(file, content);
        }
        else
        {
            await using Microsoft.Data.Sqlite.SqliteConnection other = new($"Data Source={file};Pooling=False");
            await other.OpenAsync();
            await using Microsoft.Data.Sqlite.SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE shopping (item text)";
            await command.ExecuteNonQueryAsync();
        }

        byte[] before = await File.ReadAllBytesAsync(file);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => SqliteStore.OpenAsync(file));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Password=sesame;Bogus=1")]
    [InlineData("postgres://damon:sesame@127.0.0.1/damon")]
    [InlineData("Password=sesame")]
    public async Task A_bad_connection_string_is_not_quoted(string connectionString)
    {
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.OpenAsync(connectionString));
        Assert.Equal(StoreFault.Access, refused.Fault);
        Assert.DoesNotContain("sesame", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_it()
    {
        string wrong = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString) { Password = "sesame" }.ConnectionString;
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.OpenAsync(wrong));
        Assert.Equal(StoreFault.Access, refused.Fault);
        Assert.DoesNotContain("sesame", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_named_after_a_while()
    {
        StoreOptions impatient = new() { Patience = TimeSpan.FromMilliseconds(50) };
        StoreException refused = await Assert.ThrowsAsync<StoreException>(
            () => PostgresStore.OpenAsync("Host=127.0.0.1;Port=1;Username=damon;Password=sesame", impatient));
        Assert.Equal(StoreFault.Unavailable, refused.Fault);
        Assert.Contains("127.0.0.1:1", refused.Message, StringComparison.Ordinal);
    }
}
