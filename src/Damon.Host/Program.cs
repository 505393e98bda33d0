using Damon.Damo;
using Damon.Hocon;
using Damon.Host.Commands;
using Damon.Host.Commands.Bench;
using Damon.Host.Commands.Store;
using Damon.Node.Local;
using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Store;

namespace Damon.Host;

/// <summary>The console: finds the command and turns bad input into one sentence and an exit code.</summary>
internal static class Program
{
    private static readonly string[] s_commands =
        [
            "run", "damo", "replay", "explain", "report", "resume", "runs", "show", "export", "compare", "prune", "feed", "tune", "fault", "pause", "unpause",
            "stop", "node", "nodes", "shards", "serve", "verify", "bench", "fidelity", "config", "args", "help",
        ];

    public static int Main(string[] words)
    {
        try
        {
            return Run(words);
        }
        catch (BadInputException error)
        {
            return Refuse(error.Message);
        }
        catch (DamoException error)
        {
            return Refuse(error.Message);
        }
        catch (HoconException error)
        {
            string more = error.All.Count > 1 ? $" (and {error.All.Count - 1} more)" : "";
            return Refuse(error.All[0].Message + more);
        }
        catch (Exception error) when (error is StoreException or ShardException or RunUnfitException or RunGoneException)
        {
            return Refuse(error.Message, ExitCode.Failed);
        }
        catch (IOException error)
        {
            // Such as a reader of stdout that went away, or a full disk.
            return Refuse(error.Message, ExitCode.Failed);
        }
    }

    private static int Run(string[] words)
    {
        ReadOnlySpan<string> rest = words.AsSpan(Math.Min(1, words.Length));
        return words.Length == 0 ? Help.Print(Help.Text) : words[0] switch
        {
            "run" => RunCommand.Run(rest),
            "damo" => DamoRunCommand.Run(rest),
            "replay" => ReplayCommand.Run(rest),
            "explain" => ExplainCommand.Run(rest),
            "report" => ReportVerb.Run(rest),
            "verify" => VerifyCommand.Run(rest),
            "bench" => BenchCommand.Run(rest),
            "resume" => ResumeCommand.Run(rest),
            "runs" => RunsCommand.Run(rest),
            "show" => ShowCommand.Show(rest),
            "export" => ShowCommand.Export(rest),
            "compare" => CompareCommand.Run(rest),
            "prune" => PruneCommand.Run(rest),
            "feed" or "tune" or "fault" or "pause" or "unpause" or "stop" => OrderCommand.Run(words[0], rest),
            "node" => NodeCommand.Run(rest),
            "nodes" => NodesCommand.Nodes(rest),
            "shards" => NodesCommand.Shards(rest),
            "serve" => ServeCommand.Run(rest),
            "fidelity" => FidelityCommand.Run(rest),
            "config" => ConfigCommand.Run(rest),
            "args" => ArgsCommand.Run(rest),
            "help" or "--help" or "-h" => Help.Print(Help.Text),
            "--version" => Help.Print(Help.Version),
            _ => throw new BadInputException(
                $"damon: found the command '{words[0]}', allowed: {string.Join(", ", s_commands)}{Arguments.Hint(words[0], s_commands)}"),
        };
    }

    private static int Refuse(string message, int code = ExitCode.BadInput)
    {
        string sentence = message.ReplaceLineEndings(" ");
        Console.Error.WriteLine(sentence.StartsWith("damon", StringComparison.Ordinal) ? sentence : $"damon: {sentence}");
        return code;
    }
}
