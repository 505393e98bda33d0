using System.Collections.Immutable;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results.Columns;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Results.Columns;

/// <summary>Readings as columns come back as they were, to the last bit of each of their quantities.</summary>
public sealed class ReadingChunkTests
{
    private static readonly JsonSerializerOptions _withFields = new() { IncludeFields = true };

    [Fact]
    public void Any_readings_come_back_as_they_were()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            AnyReading any = new(seed);
            HostReadings[] readings =
            [
                new(0, [any.Make<HostSample>(), any.Make<HostSample>(), any.Make<HostSample>()]),
                new(700_000, []),
                new(3, [any.Make<HostSample>()]),
            ];

            Assert.Equal(Text(readings), Text([.. ReadingChunk.Read(ReadingChunk.Write(readings))]));
        }
    }

    [Fact]
    public void No_name_stands_for_two_quantities()
    {
        NameLog log = new();

        for (ulong seed = 1; seed <= 20; seed++)
        {
            log.Begin();
            ReadingShape.Describe(log, new AnyReading(seed).Make<HostSample>());
        }

        Assert.True(log.Names.Count > 50, string.Join(' ', log.Names));
        Assert.Null(log.Twice);
    }

    [Fact]
    public void A_hash_over_readings_sees_every_quantity()
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            HostSample sample = new AnyReading(seed).Make<HostSample>();
            RunningHash hash = default(RunningHash).Add(sample);
            Assert.Equal(hash, default(RunningHash).Add(ReadingShape.Describe(new Change(-1), sample)));
            for (int i = 0; ; i++)
            {
                Change change = new(i);
                HostSample changed = ReadingShape.Describe(change, sample);
                if (!change.IsDone) break;
                Assert.NotEqual(hash, default(RunningHash).Add(changed));
            }
        }
    }

    [Fact]
    public void Every_changed_byte_and_every_cut_is_found()
    {
        byte[] chunk = ReadingChunk.Write([new(1, [new AnyReading(5).Make<HostSample>()])]);
        for (int i = 0; i < chunk.Length; i++)
        {
            chunk[i] ^= 0x40;
            Assert.Throws<ChunkException>(() => ReadingChunk.Read(chunk));
            chunk[i] ^= 0x40;
            Assert.Throws<ChunkException>(() => ReadingChunk.Read(chunk.AsSpan(0, i)));
        }

        Assert.Single(ReadingChunk.Read(chunk));
    }

    [Fact]
    public void A_reading_takes_few_bytes()
    {
        Scenario scenario = Small.Read("run { duration = 60 s, sample-interval = 100 ms }\n");
        HostOutcome outcome = new ScenarioRun(scenario).Run()[0];

        byte[] chunk = ReadingChunk.Write([new(0, outcome.Samples)]);

        Assert.Equal(Text([new(0, outcome.Samples)]), Text([.. ReadingChunk.Read(chunk)]));
        Assert.Equal(601, outcome.Samples.Length);
        Assert.InRange(chunk.Length / outcome.Samples.Length, 1, 40);
    }

    private static string Text(HostReadings[] readings) => JsonSerializer.Serialize(readings, _withFields);

    /// <summary>Changes one quantity, by its place in the order.</summary>
    private sealed class Change(int place) : IQuantities
    {
        private int _left = place;

        public bool IsDone => _left < 0;

        public ulong Number(string name, ulong value) => _left-- == 0 ? value ^ 1 : value;

        public double Real(string name, double value) => _left-- == 0 ? BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(value) ^ 1) : value;

        public void Enter(int index)
        {
        }

        public void Leave()
        {
        }
    }

    private sealed class NameLog : IQuantities
    {
        private readonly HashSet<(string Name, ulong Place)> _seen = [];
        private readonly Stack<ulong> _outer = new();
        private ulong _place;

        public HashSet<string> Names { get; } = [];

        public string? Twice { get; private set; }

        public void Begin() => _seen.Clear();

        public ulong Number(string name, ulong value)
        {
            Note(name);
            return value;
        }

        public double Real(string name, double value)
        {
            Note(name);
            return value;
        }

        public void Enter(int index)
        {
            _outer.Push(_place);
            _place = Track.Within(_place, index);
        }

        public void Leave() => _place = _outer.Pop();

        /// <summary>Regions and what is counted of their pages alone come many in one place: they are lists.</summary>
        private void Note(string name)
        {
            Names.Add(name);
            bool isListed = name.StartsWith("region_", StringComparison.Ordinal) || name.StartsWith("page_", StringComparison.Ordinal);
            if (!_seen.Add((name, _place)) && !isListed) Twice ??= name;
        }
    }
}
