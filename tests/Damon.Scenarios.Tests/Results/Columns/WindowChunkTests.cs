using System.Collections.Immutable;
using System.Text.Json;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results.Columns;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Results.Columns;

/// <summary>Members that hand out chunks between windows leave behind what a run in one piece does.</summary>
public sealed class WindowChunkTests
{
    private const string Hosts = """
        run { duration = 3 s, sample-interval = 250 ms, snapshots = on }
        hosts { web { count = 3 } }
        costs { kdamond-time = on, memory.counts = on }
        swap.kind = zswap

        """;

    private static readonly JsonSerializerOptions _withFields = new() { IncludeFields = true };

    [Theory]
    [InlineData("1 s", 1)]
    [InlineData("400 ms", 3)]
    [InlineData("130 ms", 2)]
    public void Chunks_of_windows_give_outcomes_and_digest(string window, int windowsInChunk)
    {
        FleetOutcome whole = new FleetRun(new Fleet(Small.Read(Hosts))).Run(1);
        Fleet fleet = new(Small.Read($"{Hosts}run.window-length = {window}\n"));
        OutcomeBuilder builder = new(fleet.Scenario);
        List<MemberDigest> digests = [];
        foreach (HostMember member in Enumerable.Range(0, fleet.Count).Select(fleet.Member).Cast<HostMember>())
        {
            for (long next = 0; next < fleet.WindowCount; next++)
            {
                member.RunWindow(next, [], []);
                if (next % windowsInChunk == 0) builder.AddReadings(ReadingChunk.Write([new(member.Index, member.TakeReadings())]));
            }

            HostEnding ending = member.End();
            builder.AddReadings(ReadingChunk.Write([new(member.Index, member.TakeReadings())]));
            builder.AddEndings(EndingChunk.Write([new(member.Index, ending)]));
            digests.Add(new MemberDigest(member.Name, ending.StateHash, member.ResultsHash.Value));
        }

        Assert.Equal(whole.Digest, FleetDigest.Of(digests));
        Assert.Equal(Text(whole.Hosts), Text(builder.Build()));
    }

    private static string Text(ImmutableArray<HostOutcome> outcomes) => JsonSerializer.Serialize(
        outcomes.Select(outcome => (outcome.Samples, outcome.StateHash, outcome.Failure, outcome.Refusals, outcome.Log, outcome.Periods, outcome.IsInterrupted)),
        _withFields);
}
