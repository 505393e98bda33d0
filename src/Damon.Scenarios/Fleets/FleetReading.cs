using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Actors;

namespace Damon.Scenarios.Fleets;

/// <summary>What a member that belongs to all hosts reports at an instant: numbers of its course, or something that happened.</summary>
/// <param name="AtUs">The instant, us of virtual time.</param>
/// <param name="Values">By column of the member, see <see cref="FleetActor.Columns"/>; empty: only something happened.</param>
/// <param name="Note">What happened, in a few words; null: nothing besides the numbers.</param>
public sealed record FleetReading(ulong AtUs, ImmutableArray<double> Values, string? Note = null);
