namespace Damon.Store.Sql;

/// <summary>
/// Brings a database to this program's schema: <c>Schema/0001.sql</c>, <c>0002.sql</c> ... in order, each in a transaction of its own
/// that only one process at a time can be in. A landed file is never changed; a change is a new file.
/// </summary>
internal static class Migrations
{
    /// <summary>The schema's version that this program works with.</summary>
    public static int Newest { get; } = Files().Count();

    /// <exception cref="StoreException">The database is of a newer version.</exception>
    public static async Task ApplyAsync(Dialect dialect, CancellationToken ct)
    {
        long version;
        Session look = await dialect.OpenAsync(transaction: false, ct).ConfigureAwait(false);
        await using (look.ConfigureAwait(false)) version = await VersionAsync(dialect, look).ConfigureAwait(false);
        while (version < Newest)
        {
            Session session = await dialect.OpenAsync(transaction: true, ct).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await dialect.BeginMigrationAsync(session).ConfigureAwait(false);
                // Another process may have been here while this one waited.
                version = await VersionAsync(dialect, session).ConfigureAwait(false);
                if (version < Newest) Apply(session, (int)++version);
                await session.CommitAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<long> VersionAsync(Dialect dialect, Session session)
    {
        if (!await dialect.HasTableAsync(session, "schema_version").ConfigureAwait(false)) return 0;
        List<long> versions = await session
            .QueryAsync("SELECT coalesce(max(version), 0) FROM schema_version", reader => reader.GetInt64(0))
            .ConfigureAwait(false);
        if (versions[0] > Newest)
        {
            throw new StoreException(
                StoreFault.Schema,
                $"store: found a schema of version {versions[0]}, allowed: up to {Newest}; it belongs to a newer program than this one");
        }

        return versions[0];
    }

    private static void Apply(Session session, int version)
    {
        if (version == 1) session.Queue("CREATE TABLE schema_version (version bigint PRIMARY KEY, applied_at bigint NOT NULL)");
        foreach (string statement in Statements(version)) session.Queue(statement);
        if (version == 1) session.Queue("INSERT INTO store_identity (id) VALUES ($1)", Guid.NewGuid());
        session.Queue("INSERT INTO schema_version (version, applied_at) VALUES ($1, {now})", (long)version);
    }

    private static IEnumerable<string> Statements(int version)
    {
        using Stream file = typeof(Migrations).Assembly.GetManifestResourceStream($"{version:d4}.sql")!;
        using StreamReader reader = new(file);
        IEnumerable<string> lines = reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal));
        return string.Join('\n', lines).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static IEnumerable<string> Files() =>
        typeof(Migrations).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal));
}
