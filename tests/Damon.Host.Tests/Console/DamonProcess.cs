using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Damon.Host.Tests.Console;

/// <summary>What a real process of the console printed, and how it ended.</summary>
internal sealed record Ended(int Code, string Stdout, string Stderr, TimeSpan Took);

/// <summary>Starts the console as a user does: a process of its own, with pipes for its output.</summary>
internal sealed class DamonProcess : IDisposable
{
    /// <summary>Before this a process that does not end counts as busy, not as stuck: other tests may have all processors.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _stdout;
    private readonly Task<string> _stderr;
    private readonly StringBuilder _said = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private DamonProcess(Process process)
    {
        _process = process;
        _stdout = process.StandardOutput.ReadToEndAsync();
        _stderr = ReadAsync(process.StandardError);
    }

    /// <summary>The project's root: the folder above the tests that has the scenarios.</summary>
    public static string Root { get; } = FindRoot();

    public static DamonProcess Start(params string[] words) => StartWith(new Dictionary<string, string>(), words);

    /// <summary>Starts the console with something in its environment.</summary>
    public static DamonProcess StartWith(IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        ProcessStartInfo info = DamonProgram.Command();
        foreach (string word in words) info.ArgumentList.Add(word);
        info.WorkingDirectory = AppContext.BaseDirectory;
        // Tests that keep runs say where; the others must not fill the store of whoever runs them.
        info.Environment["DAMON_STORE"] = "none";
        foreach ((string name, string value) in environment) info.Environment[name] = value;
        return new DamonProcess(Process.Start(info)!);
    }

    public static Ended Run(params string[] words)
    {
        using DamonProcess process = Start(words);
        return process.Wait();
    }

    /// <summary>Runs the console and watches how much memory it has at most.</summary>
    public static (Ended Ended, long PeakBytes) Measure(TimeSpan patience, params string[] words)
    {
        using DamonProcess process = Start(words);
        long peak = 0;
        while (!process._process.WaitForExit(5))
        {
            process._process.Refresh();
            try
            {
                peak = Math.Max(peak, process._process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It has ended meanwhile.
            }

            if (process._watch.Elapsed > patience) process._process.Kill();
        }

        return (process.Wait(), peak);
    }

    /// <summary>Waits until the process has made a directory.</summary>
    public static void WaitFor(string directory) =>
        Assert.True(SpinWait.SpinUntil(() => Directory.Exists(directory), s_patience), $"the process never made {directory}");

    /// <summary>Waits until the process has said something on stderr.</summary>
    /// <returns>The first group of it.</returns>
    public async Task<string> SaysAsync(Regex what)
    {
        while (_watch.Elapsed < s_patience && !_process.HasExited)
        {
            lock (_said)
            {
                if (what.Match(_said.ToString()) is { Success: true } found) return found.Groups[1].Value;
            }

            await Task.Delay(10);
        }

        throw new InvalidOperationException($"the process never said {what}: {_said}");
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public Ended Wait()
    {
        if (!_process.WaitForExit(s_patience))
        {
            _process.Kill();
            Assert.Fail("the process did not end");
        }

        TimeSpan took = _watch.Elapsed;
        return new Ended(_process.ExitCode, _stdout.GetAwaiter().GetResult(), _stderr.GetAwaiter().GetResult(), took);
    }

    public void Dispose()
    {
        // A test that failed leaves nobody behind.
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<string> ReadAsync(StreamReader reader)
    {
        char[] some = new char[4096];
        while (await reader.ReadAsync(some) is > 0 and int count)
        {
            lock (_said) _said.Append(some, 0, count);
        }

        return _said.ToString();
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Damon.Actors.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"no Damon.Actors.sln above {AppContext.BaseDirectory}");
    }
}
