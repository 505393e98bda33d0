using System.Globalization;
using Damon.Node;
using Damon.Store;
using Damon.Store.Postgres;
using Damon.Store.Runs;
using Damon.Store.Sqlite;

namespace Damon.Host.Commands.Store;

/// <summary>The option <c>--store</c>, and what it leads to.</summary>
internal static class StoreOption
{
    public static readonly Option Option = new("--store", "none, a file, or a PostgreSQL connection string");

    /// <summary>Does a command's work with its store.</summary>
    /// <returns>The work's exit code.</returns>
    /// <exception cref="BadInputException">There is none, or it cannot be opened.</exception>
    public static int With(Arguments arguments, Func<IRunStore, int> work)
    {
        IRunStore store = Open(arguments);
        try
        {
            return work(store);
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Opens the store that a command works on.</summary>
    /// <exception cref="BadInputException">There is none, or it cannot be opened.</exception>
    public static IRunStore Open(Arguments arguments, bool mustExist = true)
    {
        StoreAddress address = StoreAddress.Read(arguments.Value(Option.Name));
        if (address.Kind == StoreKind.None) throw arguments.Refuse("--store: found 'none', allowed: a file or a PostgreSQL connection string, as this command is about kept runs");
        if (mustExist && address.Kind == StoreKind.Sqlite && !File.Exists(address.Value))
            throw arguments.Refuse($"--store: found no file {address.Value}, allowed: one that damon run has made");
        return Open(arguments, address);
    }

    /// <summary>Opens a store.</summary>
    /// <exception cref="BadInputException">It cannot be opened.</exception>
    public static IRunStore Open(Arguments arguments, StoreAddress address)
    {
        try
        {
            return address.Kind == StoreKind.Sqlite
                ? SqliteStore.OpenAsync(address.Value).GetAwaiter().GetResult()
                : PostgresStore.OpenAsync(address.Value).GetAwaiter().GetResult();
        }
        catch (StoreException refusal) when (refusal.Fault is StoreFault.Access or StoreFault.Schema or StoreFault.Unavailable)
        {
            throw arguments.Refuse($"--store: {refusal.Message}");
        }
    }

    /// <summary>A run that a word names by its number.</summary>
    /// <exception cref="BadInputException">It is no number, or there is no such run.</exception>
    public static Run Find(Arguments arguments, IRunStore store, string word)
    {
        if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < 1)
            throw arguments.Refuse($"found the run '{word}', allowed: the number of a run, as damon runs lists them");
        return store.FindRunAsync(new RunId(number)).GetAwaiter().GetResult()
            ?? throw arguments.Refuse($"found no run {number}, allowed: one that damon runs lists");
    }
}
