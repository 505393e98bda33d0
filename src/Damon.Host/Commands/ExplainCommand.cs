using Damon.Damo.Environment;
using Damon.Damo.Trees;
using Damon.Scenarios;
using Damon.Scenarios.Explaining;
using Damon.Scenarios.Pasting;
using Damon.Scenarios.Reading;

namespace Damon.Host.Commands;

/// <summary><c>damon explain ...</c>: what a command, a document or a scenario really does, what is lost, and known traps.</summary>
internal static class ExplainCommand
{
    private static readonly Option[] s_options = [new("--format", "text or json")];

    public static int Run(ReadOnlySpan<string> words)
    {
        (string[] own, string[] rest) = OwnOptions.Split(words, s_options);
        Arguments arguments = new("explain", own, s_options);
        bool asJson = arguments.Choice("--format", "text", "json") == "json";
        if (rest.Length == 0) throw arguments.Refuse("needs damo's words, a script, a document or a scenario, found nothing");
        Explanation[] explanations = [.. Configurations(rest).Select(Explanation.Of)];
        foreach (Explanation explanation in explanations)
            Console.Out.WriteLine(asJson ? JsonTree.Write(ExplanationTree.Of(explanation)) : ExplanationText.Render(explanation));
        return ExitCode.Ok;
    }

    private static IEnumerable<Configuration> Configurations(string[] words)
    {
        if (words is [var file] && File.Exists(file) && Path.GetExtension(file) == ".conf")
        {
            Scenario scenario = ScenarioReader.Load(file);
            return scenario.Hosts.Select(host => Configuration.Of(host.Settings, scenario.Notices));
        }

        PastedCommand command = PastedCommand.Read(words, DamoEnvironment.Default with { Files = new DiskFiles() });
        return [Configuration.Of(command.Invocation, KnownMachine.Default)];
    }
}
