using System.Diagnostics;

namespace Damon.Host.Tests.Console;

/// <summary>The program that tests start: the one that users have, if scripts/test says where it is; else that of this build.</summary>
internal static class DamonProgram
{
    /// <summary>How it is started, with pipes for its output and no words yet.</summary>
    public static ProcessStartInfo Command()
    {
        string? built = Environment.GetEnvironmentVariable("DAMON_TEST_PROGRAM");
        ProcessStartInfo info = new(built ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (built is null) info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "damon.dll"));
        return info;
    }
}
