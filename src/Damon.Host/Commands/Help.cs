using System.Reflection;

namespace Damon.Host.Commands;

/// <summary>What <c>damon --help</c> and <c>damon --version</c> print.</summary>
internal static class Help
{
    public const string Text = """
        damon - simulates Linux DAMON and DAMOS on hosts with tiered memory, bit by bit as the kernel does

        usage:
          damon run FILE [--seed N] [--duration TIME] [--format table|json] [--csv DIR] [--charts DIR] [--record FILE]
                    [--list-hosts] [--per-host] [--store STORE] [--threads N] [--nodes N]
              runs a scenario; --csv writes its readings, one file a kind, --charts draws them, --record writes what
              damo's reports read. Many hosts have one summary; --list-hosts adds a line for each, --per-host all tables. The run is kept in STORE: a file, by default one below the user's data directory
              (or what DAMON_STORE says), a PostgreSQL connection string, or none; --nodes starts worker processes
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
                       [--run SCENARIO [--host NAME] [--seed N] [--duration TIME]]
              prints damo's reports, with damo's options: of a record (--input FILE), or of a run that is made for it
          damon runs | show RUN | export RUN --csv DIR | compare RUN RUN | prune RUN... | prune --keep N  [--store STORE]
              lists kept runs, prints or exports what came of one, tells where two part, removes some
          damon resume RUN [options of run]
              goes on with a kept run that was stopped in whatever way, to the same bits
          damon feed RUN[/HOST] KDAMOND.SCHEME.GOAL VALUE | tune RUN[/HOST] OPTION... | fault RUN[/HOST] WHAT...
                [--at TIME] [--store STORE]
              says something to hosts of a run that is on: a value for a goal, a damo tune line, exit PROCESS,
              pressure STALL FOR, balloon|take-memory|add-memory NODE SIZE, drain FOR
          damon pause|unpause|stop RUN | RUN/HOST [KDAMOND]  [--store STORE]
              stops a run, or a kdamond of a host, for a while or for good
          damon node --store STORE [--name NAME] [--capacity N] [--first-claim N] [--threads N] [--ttl TIME] [--quiet]
              a worker: computes shards of whatever runs the store has, until it is told to stop (SIGTERM)
          damon nodes | shards RUN  [--store STORE]
              who computes what
          damon serve [--store STORE] [--listen URL] [--token-file FILE] [--certificate PEM --key PEM]
              the HTTP API: submit, follow, query and command runs; /openapi/v1.json, /metrics
          damon verify DIR...
              holds the simulator against recorded runs of the kernel's and damo's own code
          damon bench exact|actors|vaddr|fleet [--cases FILE] [--scenario FILE] [--format table|json]
              measures the simulation of large recorded cases, messages between actors, monitored processes, or fleets
          damon fidelity [--seeds N] [--only NAME] [--charts DIR] [--format table|json]
              repeats what was measured on a real kernel, and compares figure by figure
          damon config dump FILE | schema
              prints a HOCON file, resolved, as JSON; or the JSON Schema of scenarios
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
