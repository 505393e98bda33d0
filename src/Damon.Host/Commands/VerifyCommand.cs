using System.Diagnostics;
using System.Globalization;
using Damon.Host.Verification;

namespace Damon.Host.Commands;

/// <summary><c>damon verify DIR...</c>: holds the simulator against recorded cases, all *.json files below the directories.</summary>
internal static class VerifyCommand
{
    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("verify", words);
        if (arguments.Others.Count == 0) throw arguments.Refuse("needs DIR..., found nothing");
        string[] files = [.. arguments.Others.SelectMany(Discover)];

        int passed = 0, failed = 0, known = 0;
        foreach (CaseResult result in files.AsParallel().AsOrdered().SelectMany(file => CaseFiles.Run(file, CpuTime)))
        {
            switch (result.Verdict)
            {
                case CaseVerdict.Passed:
                    passed++;
                    break;
                case CaseVerdict.Known:
                    known++;
                    break;
                default:
                    failed++;
                    Console.Out.WriteLine(result.Message);
                    break;
            }
        }

        string counts = string.Create(CultureInfo.InvariantCulture, $"verify: {passed} passed, {failed} failed");
        Console.Out.WriteLine(known > 0 ? string.Create(CultureInfo.InvariantCulture, $"{counts}, {known} known") : counts);
        return failed == 0 && passed > 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string[] Discover(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new BadInputException($"damon verify: found '{path}', allowed: a directory or file that exists");
        string[] files = Directory.GetFiles(path, "*.json", SearchOption.AllDirectories);
        Array.Sort(files, string.CompareOrdinal);
        return files;
    }

    private static TimeSpan CpuTime() => Process.GetCurrentProcess().TotalProcessorTime;
}
