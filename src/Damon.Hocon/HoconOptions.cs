namespace Damon.Hocon;

/// <summary>How a document is read.</summary>
public sealed record HoconOptions
{
    /// <summary>The defaults: no environment, files from the file system.</summary>
    public static HoconOptions Default { get; } = new();

    /// <summary>
    /// Looks up environment variables for substitutions that have no value in the document; null, the
    /// default, switches this off, so that a document means the same everywhere.
    /// </summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>
    /// The directory against which <c>include file("...")</c> resolves relative names; null is the process's current
    /// one.
    /// </summary>
    public string? CurrentDirectory { get; init; }

    /// <summary>Where files come from; the machine's file system by default.</summary>
    public HoconFiles Files { get; init; } = HoconFiles.Disk;

    /// <summary>These options with the process's environment variables switched on.</summary>
    public HoconOptions WithProcessEnvironment() => this with { Environment = System.Environment.GetEnvironmentVariable };
}
