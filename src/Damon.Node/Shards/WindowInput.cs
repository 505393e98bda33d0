using System.Collections.Immutable;
using Damon.Scenarios.Fleets;

namespace Damon.Node.Shards;

/// <summary>What a shard gets at the begin of a window.</summary>
/// <param name="Mail">By member: all that was sent to it in the window before, in any order. Other shards' members may be in it.</param>
/// <param name="Commands">The commands of the run's log that take effect with the window, in the order of the log.</param>
internal sealed record WindowInput(ILookup<int, FleetMail> Mail, IReadOnlyList<LoggedCommand> Commands)
{
    /// <summary>Sorts mail by the member that it is for.</summary>
    public static ILookup<int, FleetMail> ByMember(IEnumerable<FleetMail> mail) => mail.ToLookup(one => one.To);
}

/// <summary>A command of a run's log, read.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Effective">The window at whose begin it applies.</param>
/// <param name="Commands">What it comes to, by host that it is for.</param>
internal sealed record LoggedCommand(long Sequence, Store.Window Effective, ImmutableSortedDictionary<int, MemberCommand> Commands);
