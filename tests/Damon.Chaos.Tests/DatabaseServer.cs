using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Damon.Chaos.Tests;

/// <summary>A private PostgreSQL server on a disk that can be slow or full, behind a proxy that can cut its connections.</summary>
internal sealed partial class DatabaseServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _script;
    private readonly List<(string, string)> _environment;

    private DatabaseServer(string folder, string script, List<(string, string)> environment) =>
        (_folder, _script, _environment) = (folder, script, environment);

    /// <summary>The connection string that goes past the proxy, for those who look on.</summary>
    public string Direct { get; private set; } = "";

    /// <summary>The connection string through the proxy.</summary>
    public string Proxied { get; private set; } = "";

    /// <summary>The proxy.</summary>
    public Faults.CuttingProxy Proxy { get; private set; } = null!;

    /// <summary>Starts a server.</summary>
    public static async Task<DatabaseServer> StartAsync()
    {
        string root = FindRoot();
        string folder = Directory.CreateTempSubdirectory("damon-chaos-").FullName;
        // The server's user is not ours.
        Execute("chmod", ["755", folder], []);
        string disk = Directory.CreateDirectory(Path.Combine(folder, "disk")).FullName;
        string library = Path.Combine(folder, "disk.so");
        Execute("gcc", ["-shared", "-fPIC", "-O2", "-o", library, Path.Combine(AppContext.BaseDirectory, "Faults", "disk.c"), "-ldl"], []);
        DatabaseServer server = new(folder, Path.Combine(root, "scripts", "postgres"), [("LD_PRELOAD", library), ("DAMON_DISK", disk)]);
        server.Start();
        int port = int.Parse(PortOf().Match(server.Direct).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        server.Proxy = new Faults.CuttingProxy(port);
        server.Proxied = PortOf().Replace(server.Direct, $"Port={server.Proxy.Port}");
        await Task.CompletedTask;
        return server;
    }

    /// <summary>Starts the server again.</summary>
    public void Start()
    {
        string line = Execute(_script, ["start", Path.Combine(_folder, "server")], _environment);
        Direct = line.Trim().Split('\t')[1];
    }

    /// <summary>Stops the server.</summary>
    /// <param name="asCrash">Whether nothing is put in order before.</param>
    public void Stop(bool asCrash)
    {
        string[] words = ["stop", Path.Combine(_folder, "server")];
        Execute(_script, asCrash ? [.. words, "immediate"] : words, _environment);
    }

    /// <summary>Makes the disk slow or full, or no more so.</summary>
    /// <param name="condition"><c>slow</c> or <c>full</c>.</param>
    /// <param name="isOn">Whether it is.</param>
    public void Disk(string condition, bool isOn)
    {
        string file = Path.Combine(_folder, "disk", condition);
        if (isOn) File.WriteAllText(file, "");
        else File.Delete(file);
    }

    /// <summary>How often the server has said that its disk is full.</summary>
    public int CountFullDisk() => Directory.EnumerateFiles(Path.Combine(_folder, "server"), "*.log")
        .Sum(file => Execute("sh", ["-c", $"grep -c 'No space left' '{file}' || true"], []).Trim() is { Length: > 0 } count ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 0);

    public async ValueTask DisposeAsync()
    {
        Disk("slow", false);
        Disk("full", false);
        await Proxy.DisposeAsync();
        Stop(asCrash: true);
        Execute("rm", ["-rf", _folder], []);
    }

    private static string Execute(string program, string[] words, IEnumerable<(string Name, string Value)> environment)
    {
        ProcessStartInfo info = new(program) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (string word in words) info.ArgumentList.Add(word);
        foreach ((string name, string value) in environment) info.Environment[name] = value;
        using Process process = Process.Start(info)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}: {output}");
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Damon.Actors.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"no Damon.Actors.sln above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex(@"Port=(\d+)")]
    private static partial Regex PortOf();
}
