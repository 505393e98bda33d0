using System.Diagnostics;
using System.Globalization;
using System.Text;
using Damon.Host.Tests.Console;

namespace Damon.Chaos.Tests;

/// <summary>A real worker process.</summary>
internal sealed class ChaosWorker : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    /// <summary>Starts a worker.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="store">The connection string.</param>
    /// <param name="ttl">Its lease.</param>
    /// <param name="environment">What else is in its environment.</param>
    public ChaosWorker(string name, string store, TimeSpan ttl, params (string Name, string Value)[] environment)
    {
        Name = name;
        ProcessStartInfo info = DamonProgram.Command();
        foreach (string word in (string[])["node", "--name", name, "--threads", "1", "--ttl", string.Create(CultureInfo.InvariantCulture, $"{ttl.TotalSeconds}s")])
            info.ArgumentList.Add(word);
        info.Environment["DAMON_STORE"] = store;
        foreach ((string variable, string value) in environment) info.Environment[variable] = value;
        _process = Process.Start(info)!;
        _process.ErrorDataReceived += Keep;
        _process.OutputDataReceived += Keep;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Whether it was killed rather than ended.</summary>
    public bool WasKilled => _process.HasExited && _process.ExitCode == 128 + 9;

    /// <summary>What it said.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Sends a signal, such as KILL.</summary>
    public void Signal(string name)
    {
        if (_process.HasExited) return;
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Whether it did in time.</returns>
    public bool WaitForEnd(TimeSpan patience) => _process.WaitForExit(patience);

    public void Dispose()
    {
        Signal("KILL");
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log) _log.AppendLine(line.Data);
    }
}
