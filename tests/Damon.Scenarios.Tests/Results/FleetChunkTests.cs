using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results.Columns;

namespace Damon.Scenarios.Tests.Results;

/// <summary>What belongs to all hosts reports in chunks as well.</summary>
public sealed class FleetChunkTests
{
    private static readonly FleetReading[] s_readings = [new(1_000_000, [1.5, double.NaN, -0.0]), new(2_000_000, [], "tenant a arrived")];

    [Fact]
    public void A_chunk_comes_back_to_the_last_bit()
    {
        byte[] chunk = FleetChunk.Write([new FleetReadings(3, [.. s_readings]), new FleetReadings(4, [])]);

        Assert.Equal([3, 4], FleetChunk.Read(chunk).Select(member => member.Member));
        foreach ((FleetReading read, FleetReading written) in FleetChunk.Read(chunk)[0].Readings.Zip(s_readings))
        {
            Assert.Equal((written.AtUs, written.Note), (read.AtUs, read.Note));
            Assert.Equal(written.Values.Select(BitConverter.DoubleToInt64Bits), read.Values.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void A_chunk_that_is_damaged_or_of_another_scenario_is_refused()
    {
        byte[] chunk = FleetChunk.Write([new FleetReadings(3, [.. s_readings])]);
        for (int i = 0; i < chunk.Length; i++)
        {
            byte[] damaged = [.. chunk];
            damaged[i] ^= 0x10;
            Assert.Throws<ChunkException>(() => FleetChunk.Read(damaged));
        }

        Assert.Contains("member 3", Assert.Throws<ChunkException>(() => new OutcomeBuilder(Small.Read()).AddFleet(chunk)).Message, StringComparison.Ordinal);
    }
}
