using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Fleets;

/// <summary>
/// Reads commands to hosts of a fleet, and refuses what its host could never do. A command is a line of words:
/// <c>feed KDAMOND.SCHEME.GOAL VALUE</c>, <c>tune damo tune OPTION...</c>, <c>pause KDAMOND</c>, <c>resume KDAMOND</c>,
/// <c>stop KDAMOND</c>, <c>exit PROCESS</c>, <c>pressure STALL FOR</c>, <c>balloon NODE SIZE</c>, <c>take-memory NODE SIZE</c>,
/// <c>add-memory NODE SIZE</c> and <c>drain FOR</c>.
/// </summary>
/// <param name="fleet">The fleet.</param>
public sealed class CommandReader(Fleet fleet)
{
    /// <summary>The longest command, characters.</summary>
    public const int LongestPayload = 64 << 10;

    private const ulong LongestUs = 365UL * 86_400 * 1_000_000;

    private static readonly string[] s_words =
        ["feed", "tune", "pause", "resume", "stop", "exit", "pressure", "balloon", "take-memory", "add-memory", "drain"];

    // What hosts were told so far: a goal of a tuned configuration can be fed as well.
    private readonly Dictionary<int, ImmutableArray<KdamondSettings>> _tuned = [];
    private readonly Lock _tuning = new();

    /// <summary>Reads a command; may be called by several threads.</summary>
    /// <param name="host">Name of the host.</param>
    /// <param name="payload">The command.</param>
    /// <returns>The command, without a window.</returns>
    /// <exception cref="CommandException">The host is unknown or could never do it; the message is one sentence.</exception>
    public MemberCommand Read(string host, string payload)
    {
        int member = fleet.IndexOf(host);
        if (member < 0 || member >= fleet.HostCount)
            throw new CommandException($"found the host '{Brief(host)}', which the fleet does not have{Hint(host)}");
        return Read(member, payload);
    }

    /// <summary>Reads a command to a host by its index.</summary>
    /// <exception cref="CommandException">As for <see cref="Read(string, string)"/>.</exception>
    public MemberCommand Read(int member, string payload)
    {
        if (payload.Length > LongestPayload) throw new CommandException($"found a command of {payload.Length} characters, allowed: at most {LongestPayload}");
        HostPlan plan = fleet.Scenario.Hosts[member];
        int space = payload.IndexOf(' ', StringComparison.Ordinal);
        string word = space < 0 ? payload : payload[..space];
        CommandWords words = new(plan, word, space < 0 ? "" : payload[(space + 1)..]);
        if (word == "drain") return new MemberCommand(member, payload) { DrainUs = Drain(plan, words) };
        ImmutableArray<HostEvent> events = word switch
        {
            "feed" => [Feed(member, words)],
            "tune" => Tune(member, words),
            "pause" => [new PauseEvent(0, words.Kdamond(), true)],
            "resume" => [new PauseEvent(0, words.Kdamond(), false)],
            "stop" => [new StopEvent(0, words.Kdamond())],
            "exit" => [new ExitEvent(0, words.Process())],
            "pressure" => [Pressure(words)],
            "balloon" => [new BalloonEvent(0, words.OwnNode(), words.Pages(mayBeZero: true))],
            "take-memory" => [new TakeMemoryEvent(0, words.OwnNode(), words.Pages(mayBeZero: false))],
            "add-memory" => [new AddMemoryEvent(0, words.OwnNode(), words.Pages(mayBeZero: false))],
            _ => throw new CommandException(
                $"found the command '{Brief(word)}', allowed: {string.Join(", ", s_words)}{Nearest(word, s_words)}"),
        };
        words.End();
        return new MemberCommand(member, payload) { Events = events };
    }

    private FeedEvent Feed(int member, CommandWords words)
    {
        (int kdamond, int scheme, int goal) = words.Goal();
        ulong value = words.Number("a value", ulong.MaxValue);
        if (!Known(member, kdamond).Any(settings => IsFed(settings, scheme, goal)))
            throw words.Refuse($"{kdamond}.{scheme}.{goal}", $"a goal of user_input of the host, {Goals(member)}");
        return new FeedEvent(0, kdamond, scheme, goal, value);
    }

    private ImmutableArray<HostEvent> Tune(int member, CommandWords words)
    {
        HostPlan plan = fleet.Scenario.Hosts[member];
        if (plan.Commands is not { } commands) throw words.Refuse("tune", "a host that was read from a scenario");
        try
        {
            ImmutableArray<KdamondSettings> kdamonds = commands.Read(words.Rest()).Kdamonds;
            int count = plan.Settings.Kdamonds.Length;
            if (kdamonds.Length != count)
                throw words.Refuse($"{kdamonds.Length} kdamonds", string.Create(CultureInfo.InvariantCulture, $"as many kdamonds as the host has, {count}"));
            lock (_tuning) _tuned[member] = kdamonds;
            return [.. kdamonds.Select((settings, i) => new CommitEvent(0, i, settings))];
        }
        catch (StagingException error)
        {
            throw new CommandException($"tune: {error.Message}");
        }
    }

    private static ulong Drain(HostPlan plan, CommandWords words)
    {
        if (plan.Tenants is null) throw words.Refuse("drain", "a host with tenant-slots");
        ulong us = words.DurationUs("for how long", LongestUs);
        words.End();
        return us;
    }

    private static PressureEvent Pressure(CommandWords words)
    {
        ulong stallUs = words.DurationUs("a stall in each second", 1_000_000);
        return new PressureEvent(0, words.DurationUs("for how long", LongestUs), stallUs);
    }

    /// <summary>The configurations that a kdamond can have by now: that at the start, those of events, and the last one of a command.</summary>
    private IEnumerable<KdamondSettings> Known(int member, int kdamond)
    {
        HostSettings host = fleet.Scenario.Hosts[member].Settings;
        if ((uint)kdamond >= (uint)host.Kdamonds.Length) yield break;
        yield return host.Kdamonds[kdamond];
        ImmutableArray<KdamondSettings> tuned;
        bool isTuned;
        lock (_tuning) isTuned = _tuned.TryGetValue(member, out tuned);
        if (isTuned) yield return tuned[kdamond];
        foreach (HostEvent @event in host.Events)
        {
            if (@event is CommitEvent commit && commit.Kdamond == kdamond) yield return commit.Settings;
        }
    }

    private static bool IsFed(KdamondSettings settings, int scheme, int goal) =>
        (uint)scheme < (uint)settings.Schemes.Length
        && (uint)goal < (uint)settings.Schemes[scheme].Quota.Goals.Length
        && settings.Schemes[scheme].Quota.Goals[goal].Metric == GoalMetric.UserInput;

    private string Goals(int member)
    {
        List<string> goals = [];
        for (int k = 0; k < fleet.Scenario.Hosts[member].Settings.Kdamonds.Length; k++)
        {
            foreach (KdamondSettings settings in Known(member, k))
            {
                for (int s = 0; s < settings.Schemes.Length; s++)
                {
                    for (int g = 0; g < settings.Schemes[s].Quota.Goals.Length; g++)
                    {
                        if (IsFed(settings, s, g)) goals.Add(string.Create(CultureInfo.InvariantCulture, $"{k}.{s}.{g}"));
                    }
                }
            }
        }

        return goals.Count == 0 ? "which has none" : string.Join(", ", goals.Distinct());
    }

    private string Hint(string host)
    {
        const int MostCompared = 1_000;
        const int MostListed = 8;
        IEnumerable<string> hosts = fleet.Names.Take(fleet.HostCount);
        string nearest = fleet.HostCount <= MostCompared ? Nearest(host, hosts) : "";
        return nearest.Length == 0 && fleet.HostCount <= MostListed ? $", allowed: {string.Join(", ", hosts)}" : nearest;
    }

    private static string Nearest(string word, IEnumerable<string> known) =>
        NearestName.Find(word, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    internal static string Brief(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");
}

/// <summary>A command that a host could never do; the message is one sentence.</summary>
public sealed class CommandException(string message) : Exception(message);
