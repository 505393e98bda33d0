namespace Damon.Damo.Environment;

/// <summary>Everything outside the command line that decides what a damo command means.</summary>
public sealed record DamoEnvironment
{
    /// <summary>The default machine, no files, no programs, a mainline kernel with DAMON running.</summary>
    public static DamoEnvironment Default { get; } = new();

    /// <summary>System RAM by node.</summary>
    public SystemRam SystemRam { get; init; } = SystemRam.Default;

    /// <summary>Files that options and positional words may name.</summary>
    public IFileSource Files { get; init; } = NoFiles.Instance;

    /// <summary>Programs that a positional word may name.</summary>
    public IProgramSource Programs { get; init; } = NoPrograms.Instance;

    /// <summary>True for a kernel with sample_control (damon/next); mainline kernels are without.</summary>
    public bool HasSampleControl { get; init; }

    /// <summary>True when kdamonds run, which <c>tune</c> needs.</summary>
    public bool IsDamonRunning { get; init; } = true;
}

/// <summary>Where named files are read from.</summary>
public interface IFileSource
{
    /// <summary>Reads a whole text file.</summary>
    /// <param name="path">The name as the command line gives it.</param>
    /// <param name="text">The text, when true is returned.</param>
    /// <returns>False when there is no such file.</returns>
    bool TryRead(string path, out string text);
}

/// <summary>Programs of the simulated machine. Nothing is ever run.</summary>
public interface IProgramSource
{
    /// <summary>The process that a command line would start.</summary>
    /// <param name="command">The whole positional word; its first field names the program.</param>
    /// <param name="pid">The process id, when true is returned.</param>
    /// <returns>False when the first field is no program.</returns>
    bool TryStart(string command, out int pid);
}

/// <summary>Files held in memory, by name.</summary>
/// <param name="files">Name to content.</param>
public sealed class MemoryFiles(IReadOnlyDictionary<string, string> files) : IFileSource
{
    /// <inheritdoc/>
    public bool TryRead(string path, out string text)
    {
        bool found = files.TryGetValue(path, out string? content);
        text = content ?? "";
        return found;
    }
}

/// <summary>Files of the machine that this process runs on, of at most 64 MiB: a device never ends.</summary>
public sealed class DiskFiles : IFileSource
{
    private const int CharactersMax = 64 << 20;

    /// <inheritdoc/>
    public bool TryRead(string path, out string text)
    {
        text = "";
        if (!File.Exists(path)) return false;
        try
        {
            using var reader = new StreamReader(path);
            var all = new System.Text.StringBuilder();
            char[] block = new char[4096];
            for (int count; (count = reader.Read(block)) > 0;)
            {
                all.Append(block, 0, count);
                if (all.Length > CharactersMax) throw new DamoException($"the file '{path}' is too large: allowed are 64 MiB");
            }

            text = all.ToString();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DamoException($"the file '{path}' cannot be read: {e.Message}", e);
        }
    }
}

internal sealed class NoFiles : IFileSource
{
    internal static readonly NoFiles Instance = new();

    public bool TryRead(string path, out string text)
    {
        text = "";
        return false;
    }
}

internal sealed class NoPrograms : IProgramSource
{
    internal static readonly NoPrograms Instance = new();

    public bool TryStart(string command, out int pid)
    {
        pid = 0;
        return false;
    }
}
