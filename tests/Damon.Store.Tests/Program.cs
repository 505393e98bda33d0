using Damon.Store.Tests.Faults;

namespace Damon.Store.Tests;

/// <summary>The test assembly run as a program: the process that dies at a fault point.</summary>
internal static class Program
{
    /// <param name="args">Kind of the store and its place.</param>
    public static async Task<int> Main(string[] args)
    {
        await using IRunStore store = args[0] == "sqlite"
            ? await Sqlite.SqliteStore.OpenAsync(args[1])
            : await Postgres.PostgresStore.OpenAsync(args[1]);
        await Journey.RunAsync(store, inOneTrip: true);
        return 0;
    }
}
