using System.Buffers;
using System.Globalization;
using Damon.Hocon.Units;
using Damon.Host.Output;
using Damon.Node.Commands;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Host.Commands.Store;

/// <summary>
/// <c>damon feed|tune|fault|pause|unpause|stop RUN[/HOST[,HOST...]]</c>: what is said to a run while it is on. Without hosts,
/// pause, unpause and stop are about the run itself, and the others about all of its hosts.
/// </summary>
internal static class OrderCommand
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" \t\n'\"\\");
    private static readonly Option[] s_options = [StoreOption.Option, new("--at", "a virtual time")];

    public static int Run(string verb, ReadOnlySpan<string> words)
    {
        (string[] own, string[] others) = OwnOptions.Split(words, s_options);
        Arguments arguments = new(verb, own, s_options);
        if (others.Length == 0) throw arguments.Refuse("needs RUN or RUN/HOST, found nothing");
        string[] target = others[0].Split('/', 2);
        string[] hosts = target.Length == 1 ? [] : target[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (target.Length == 2 && hosts.Length == 0) throw arguments.Refuse($"found '{others[0]}', allowed: RUN/HOST with the name of a host");
        return StoreOption.With(arguments, store =>
        {
            Damon.Store.Runs.Run run = StoreOption.Find(arguments, store, target[0]);
            return hosts.Length == 0 && verb is "pause" or "unpause" or "stop" && target.Length == 1
                ? Change(arguments, store, run, verb)
                : Send(arguments, store, run, hosts, Command(arguments, verb, others[1..]));
        });
    }

    /// <summary>The command as the run's log keeps it.</summary>
    private static string Command(Arguments arguments, string verb, string[] words)
    {
        string rest = string.Join(' ', words);
        return verb switch
        {
            "feed" => $"feed {rest}",
            "tune" => $"tune damo tune {string.Join(' ', words.Select(Quoted))}",
            "fault" => rest.Length > 0 ? rest : throw arguments.Refuse("needs exit, pressure, balloon, take-memory, add-memory or drain after the host, found nothing"),
            "pause" or "stop" => $"{verb} {(rest.Length > 0 ? rest : "0")}",
            "unpause" => $"resume {(rest.Length > 0 ? rest : "0")}",
            _ => throw new InvalidOperationException($"unknown order {verb}"),
        };
    }

    private static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAny(s_special) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static int Send(Arguments arguments, IRunStore store, Damon.Store.Runs.Run run, string[] hosts, string command)
    {
        try
        {
            Order order = new(command) { Hosts = hosts, AtNs = At(arguments) };
            OrderReceipt receipt = new CommandDesk(store).SendAsync(run.Id, order).GetAwaiter().GetResult();
            if (receipt.Problem is { } problem) throw arguments.Refuse($"run {run.Id}: {problem}");
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"accepted: command {receipt.Sequence} of run {run.Id} applies at {receipt.AppliesAtNs / 1e9:0.###} s of virtual time"));
            return ExitCode.Ok;
        }
        catch (Exception refusal) when (refusal is CommandException or RunUnfitException)
        {
            throw arguments.Refuse(refusal.Message);
        }
    }

    private static int Change(Arguments arguments, IRunStore store, Damon.Store.Runs.Run run, string verb)
    {
        RunState state = verb switch
        {
            "pause" => RunState.Paused,
            "unpause" => RunState.Running,
            _ => RunState.Stopped,
        };
        if (!store.ChangeStateAsync(run.Id, state).GetAwaiter().GetResult())
            throw arguments.Refuse($"run {run.Id} is {Words.State(run.State)} and cannot be {Words.State(state)}");
        Console.Out.WriteLine($"run {run.Id} is {Words.State(state)}");
        return ExitCode.Ok;
    }

    private static long? At(Arguments arguments)
    {
        if (arguments.Value("--at") is not { } text) return null;
        if (text.Length > 0 && char.IsAsciiLetter(text[^1]) && HoconDuration.TryParseExact(text, out long ns) && ns >= 0) return ns;
        throw arguments.Refuse($"--at: found '{text}', allowed: a virtual time with its unit such as 90s or 15m");
    }
}
