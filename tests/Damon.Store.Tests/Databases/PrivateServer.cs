using System.Diagnostics;

namespace Damon.Store.Tests.Databases;

/// <summary>A PostgreSQL server of a test's own, by <c>scripts/postgres</c>: to be crashed, or to be on a real disk.</summary>
internal sealed class PrivateServer : IDisposable
{
    private readonly string _folder;

    /// <param name="inMemory">Whether its files may be on a memory disk: right for rules, wrong for rates.</param>
    public PrivateServer(bool inMemory)
    {
        string parent = inMemory ? MemoryDisk : Path.GetTempPath();
        _folder = Path.Combine(parent, $"damon-postgres-{Guid.NewGuid():N}");
        ConnectionString = Script("start", _folder).Split('\t')[1];
    }

    /// <summary>A folder of a memory disk, where there is one.</summary>
    public static string MemoryDisk { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Connection string of its maintenance database; the same after a restart.</summary>
    public string ConnectionString { get; }

    /// <summary>Ends the server as a crash would, and starts it again.</summary>
    public void Crash()
    {
        Script("stop", _folder, "immediate");
        Script("start", _folder);
    }

    public void Dispose()
    {
        Script("stop", _folder, "immediate");
        Directory.Delete(_folder, recursive: true);
    }

    private static string Script(params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(Repository(), "scripts", "postgres"), arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        // The server inherits the pipe: its end never comes.
        string line = process.StandardOutput.ReadLine() ?? "";
        process.WaitForExit();
        return process.ExitCode == 0
            ? line
            : throw new InvalidOperationException($"scripts/postgres {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static string Repository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Damon.Actors.sln"))) return at.FullName;
        throw new DirectoryNotFoundException($"no Damon.Actors.sln above {AppContext.BaseDirectory}");
    }
}
