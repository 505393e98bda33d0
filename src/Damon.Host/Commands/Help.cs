using System.Reflection;

namespace Damon.Host.Commands;

/// <summary>What <c>damon --help</c> and <c>damon --version</c> print.</summary>
internal static class Help
{
    public const string Text = """
        damon - simulates Linux DAMON and DAMOS on hosts with tiered memory, bit by bit as the kernel does

        usage:
          damon run FILE [--seed N] [--duration TIME] [--format table|json] [--csv DIR] [--charts DIR] [--record FILE]
              runs a scenario; --csv writes its readings, one file a kind, --charts draws them, --record writes what
              damo's reports read
          damon damo start OPTION... | SCRIPT [--machine NAME] [--workload NAME] [options of run]
              runs a pasted damo command, or a script with one, on a machine with tenants; machines and workloads are
              files, or names in hocon/machines and hocon/workloads; a workload is a .conf, a configuration of masim
              (.cfg), or a record of damo
          damon replay FILE [damo start OPTION... | SCRIPT] [--machine NAME] [--kdamond_idx N] [--context_idx N]
                       [--scheme_idx N] [--tid N] [options of run]
              runs a record of damo as a workload, under the monitoring of the record or another damo command
          damon explain start OPTION... | SCRIPT | DOCUMENT | SCENARIO [--format text|json]
              tells what a configuration really does, what is silently lost, and known traps
          damon report access|heatmap|damon|wss|record_info|nr_regions|times|footprints|holistic OPTION...
              prints damo's reports of a record
          damon verify DIR...
              holds the simulator against recorded runs of the kernel's and damo's own code
          damon bench exact|actors|vaddr [--cases FILE] [--format table|json]
              measures the simulation of large recorded cases, or the messages between actors
          damon fidelity [--seeds N] [--only NAME] [--charts DIR] [--format table|json]
              repeats what was measured on a real kernel, and compares figure by figure
          damon config dump FILE
              prints a HOCON file, resolved, as JSON
          damon args damon OPTION...
              prints what damo makes of its options, as damo does
          damon --help | --version

        exit codes: 0 ok, 1 a run failed, 2 bad input, 130 interrupted
        """;

    public static string Version =>
        $"damon {typeof(Help).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return ExitCode.Ok;
    }
}
