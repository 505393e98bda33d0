using System.Collections.Immutable;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Scenarios.Results.Columns;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Results.Columns;

/// <summary>Ends of hosts come back as they were, and outcomes are put together from what fits together only.</summary>
public sealed class EndingChunkTests
{
    private static readonly FollowedProcess _app = new("app", 0, 3, 5, 4096);
    private static readonly FollowedProcess _other = new("other", 1, 0, 1, 2 << 20);
    private static readonly Scenario _scenario = Follow(Small.Read("hosts { web { count = 3 } }\n"));

    [Fact]
    public void Everything_that_an_end_says_comes_back()
    {
        HostEnding whole = new(0x1234_5678_9abc_def0, null, ["one \"refusal\"", ""])
        {
            Log = ["1 s: ä"],
            Periods = [Any(7), Any(11) with { LastMigrationUs = null }],
            IsInterrupted = true,
        };
        HostEnd[] ends = [new(2, whole), new(0, new HostEnding(null, "it failed", []))];

        ImmutableArray<HostEnd> read = EndingChunk.Read(EndingChunk.Write(ends), _scenario);

        Assert.Equal(JsonSerializer.Serialize(ends), JsonSerializer.Serialize(read));
        Assert.Same(_app, read[0].Ending.Periods[0].Processes[0].Process);
    }

    [Fact]
    public void Every_changed_byte_and_every_cut_is_found()
    {
        byte[] chunk = EndingChunk.Write([new(1, new HostEnding(5, "failed", ["a"]))]);
        for (int i = 0; i < chunk.Length; i++)
        {
            chunk[i] ^= 0x10;
            Assert.Throws<ChunkException>(() => EndingChunk.Read(chunk, _scenario));
            chunk[i] ^= 0x10;
            Assert.Throws<ChunkException>(() => EndingChunk.Read(chunk.AsSpan(0, i), _scenario));
        }
    }

    [Fact]
    public void A_run_without_all_ends_has_what_is_there()
    {
        OutcomeBuilder builder = new(_scenario);
        builder.AddReadings(ReadingChunk.Write([new(1, [Reading(0), Reading(5)])]));
        builder.AddReadings(ReadingChunk.Write([new(1, [Reading(9)])]));
        builder.AddEndings(EndingChunk.Write([new(0, new HostEnding(1, null, []))]));

        ImmutableArray<HostOutcome> outcomes = builder.Build();

        Assert.Equal([0, 3, 0], outcomes.Select(outcome => outcome.Samples.Length));
        Assert.Equal([false, true, true], outcomes.Select(outcome => outcome.IsInterrupted));
        Assert.Equal(9UL, outcomes[1].EndUs);
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_one_sentence()
    {
        OutcomeBuilder builder = new(_scenario);
        builder.AddReadings(ReadingChunk.Write([new(1, [Reading(5)])]));
        Refused("web-1 was read at 5 us, and the next chunk of results begins at 5 us", () => builder.AddReadings(ReadingChunk.Write([new(1, [Reading(5)])])));
        Refused("holds host 3, and the scenario has 3 hosts", () => builder.AddReadings(ReadingChunk.Write([new(3, [])])));
        Refused("holds host 3, and the scenario has 3 hosts", () => builder.AddEndings(EndingChunk.Write([new(3, new HostEnding(1, null, []))])));
        byte[] end = EndingChunk.Write([new(2, new HostEnding(1, null, []))]);
        builder.AddEndings(end);
        Refused("the end of host web-2 is there twice", () => builder.AddEndings(end));
        Refused("of another kind", () => builder.AddReadings(end));
    }

    private static void Refused(string why, Action add) => Assert.Contains(why, Assert.Throws<ChunkException>(add).Message, StringComparison.Ordinal);

    private static Scenario Follow(Scenario scenario) =>
        scenario with { Hosts = [.. scenario.Hosts.Select(host => host with { Followed = [_app, _other] })] };

    private static HostSample Reading(ulong atUs) => new(atUs, [], [], []);

    private static Period Any(ulong seed) => new(
        seed, seed * 3, seed << 40, seed + 1, [Any(_app, seed), Any(_other, seed * 5)], [new NodePeriod(_scenario.Hosts[0].Memory(0), seed / 3.0)]);

    private static ProcessPeriod Any(FollowedProcess process, ulong seed) => new(process, seed, seed + 1, seed + 2, [seed, 0], seed % 2 == 0 ? [] : [11, 9]);
}
