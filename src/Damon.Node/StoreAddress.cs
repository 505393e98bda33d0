namespace Damon.Node;

/// <summary>Where runs are kept: nowhere, in an SQLite file, or in a PostgreSQL database.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Value">The file, or the connection string; never printed, as it may hold a password.</param>
public sealed record StoreAddress(StoreKind Kind, string Value)
{
    /// <summary>The environment variable that stands for <c>--store</c>.</summary>
    public const string Variable = "DAMON_STORE";

    /// <summary>Nothing is kept.</summary>
    public static StoreAddress None { get; } = new(StoreKind.None, "");

    /// <summary>What messages may say of it.</summary>
    public string Name => Kind switch
    {
        StoreKind.None => "none",
        StoreKind.Sqlite => Value,
        _ => "PostgreSQL",
    };

    /// <summary>
    /// Reads the value of <c>--store</c>; without one that of the environment variable DAMON_STORE, and without that a
    /// file below the user's data directory.
    /// </summary>
    /// <param name="text">
    /// <c>none</c>, a PostgreSQL connection string (<c>Host=...;Database=...</c>) or URL (<c>postgres://...</c>), or
    /// else a file.
    /// </param>
    public static StoreAddress Read(string? text)
    {
        text ??= Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(text)) return new StoreAddress(StoreKind.Sqlite, DefaultFile);
        if (text == "none") return None;
        return IsPostgres(text) ? new StoreAddress(StoreKind.Postgres, text) : new StoreAddress(StoreKind.Sqlite, Path.GetFullPath(text));
    }

    /// <summary>The file that runs are kept in unless something else is said.</summary>
    public static string DefaultFile => Path.Combine(DataDirectory, "damon", "runs.db");

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool IsPostgres(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
        || text.Split(';').Any(part => part.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
            || part.TrimStart().StartsWith("Server=", StringComparison.OrdinalIgnoreCase));

    private static string DataDirectory =>
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } set && Path.IsPathRooted(set) ? set
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
}

/// <summary>What a <see cref="StoreAddress"/> leads to.</summary>
public enum StoreKind
{
    /// <summary>Nowhere: results are printed and forgotten.</summary>
    None,

    /// <summary>A file, for one machine.</summary>
    Sqlite,

    /// <summary>A server, for many machines.</summary>
    Postgres,
}
