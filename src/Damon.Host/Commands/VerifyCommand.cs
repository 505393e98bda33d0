using System.CommandLine;
using Damon.Host.Verifying;

namespace Damon.Host.Commands;

/// <summary><c>damon verify PATH...</c>: holds the simulator against recorded truth.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Argument<string[]> paths = new("PATH")
        {
            Description = "golden files (*.json), or directories of them",
            Arity = ArgumentArity.OneOrMore,
        };
        Command verify = new("verify", "check against what the kernel's code, damo and the HOCON reference did") { paths };
        verify.SetAction(parsed => Run(parsed.GetRequiredValue(paths)));
        return verify;
    }

    private static int Run(string[] paths)
    {
        int passed = 0;
        int failed = 0;
        int known = 0;
        foreach (string file in paths.SelectMany(GoldenFile.Find))
        {
            foreach (CheckResult result in GoldenFile.Check(file))
            {
                if (result.Passed) passed++;
                else if (result.Known) known++;
                else
                {
                    failed++;
                    Console.Out.WriteLine($"FAILED {result.Message}");
                }
            }
        }

        string aside = known > 0 ? $", {known} known" : "";
        Console.Out.WriteLine($"verify: {passed} passed, {failed} failed{aside}");
        return failed == 0 && passed > 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
