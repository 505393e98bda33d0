using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Results.Columns;

/// <summary>Puts the outcomes of a run's members together from chunks of results; a run that still goes on has what is there so far.</summary>
/// <param name="scenario">What is run.</param>
public sealed class OutcomeBuilder(Scenario scenario)
{
    private readonly Fleet _fleet = new(scenario);
    private readonly SortedDictionary<int, ImmutableArray<FleetReading>.Builder> _fleetReadings = [];

    private readonly ImmutableArray<HostSample>.Builder[] _samples =
        [.. scenario.Hosts.Select(_ => ImmutableArray.CreateBuilder<HostSample>())];

    private readonly HostEnding?[] _endings = new HostEnding?[scenario.Hosts.Length];

    /// <summary>Adds a <see cref="ReadingChunk"/>; those of a host in the order of time.</summary>
    /// <exception cref="ChunkException">It cannot be read, or its readings are not the next ones.</exception>
    public void AddReadings(ReadOnlySpan<byte> chunk) => AddReadings(ReadingChunk.Read(chunk));

    /// <summary>Adds what a <see cref="ReadingChunk"/> holds; those of a host in the order of time.</summary>
    /// <exception cref="ChunkException">These are not the next readings, or of another scenario.</exception>
    public void AddReadings(IEnumerable<HostReadings> chunk)
    {
        foreach (HostReadings readings in chunk)
        {
            if (readings.Host >= _samples.Length)
                throw new ChunkException($"the chunk of results holds host {readings.Host}, and the scenario has {_samples.Length} hosts");
            foreach (HostSample sample in readings.Samples) Add(readings.Host, sample);
        }
    }

    /// <summary>Adds an <see cref="EndingChunk"/>.</summary>
    /// <exception cref="ChunkException">It cannot be read, or the end of a host is there twice.</exception>
    public void AddEndings(ReadOnlySpan<byte> chunk) => AddEndings(EndingChunk.Read(chunk, scenario));

    /// <summary>Adds the ends of hosts.</summary>
    /// <exception cref="ChunkException">The end of a host is there twice.</exception>
    public void AddEndings(IEnumerable<HostEnd> ends)
    {
        foreach (HostEnd end in ends)
        {
            if (_endings[end.Host] is not null) throw new ChunkException($"the end of host {scenario.Hosts[end.Host].Settings.Name} is there twice");
            _endings[end.Host] = end.Ending;
        }
    }

    /// <summary>Adds a <see cref="FleetChunk"/>; those of a member in the order of time.</summary>
    /// <exception cref="ChunkException">It cannot be read, or is of another scenario.</exception>
    public void AddFleet(ReadOnlySpan<byte> chunk) => AddFleet(FleetChunk.Read(chunk));

    /// <summary>Adds readings of members that belong to all hosts; those of a member in the order of time.</summary>
    /// <exception cref="ChunkException">They are of another scenario.</exception>
    public void AddFleet(IEnumerable<FleetReadings> chunk)
    {
        foreach (FleetReadings member in chunk)
        {
            if (member.Member < _fleet.HostCount || member.Member >= _fleet.Count)
                throw new ChunkException($"the chunk of results holds member {member.Member}, and the scenario has {_fleet.Count}, of which {_fleet.HostCount} are hosts");
            if (!_fleetReadings.TryGetValue(member.Member, out ImmutableArray<FleetReading>.Builder? readings))
                _fleetReadings.Add(member.Member, readings = ImmutableArray.CreateBuilder<FleetReading>());
            readings.AddRange(member.Readings);
        }
    }

    /// <summary>What members that belong to all hosts reported, in their order in the fleet.</summary>
    public ImmutableArray<FleetCourse> Courses() => [.. Enumerable.Range(_fleet.HostCount, _fleet.Count - _fleet.HostCount).Select(member =>
        new FleetCourse(_fleet.Names[member], _fleet.Actor(member).Columns, _fleetReadings.TryGetValue(member, out var readings) ? readings.ToImmutable() : []))];

    /// <summary>The outcomes, in the order of the hosts. A host without an end counts as interrupted.</summary>
    public ImmutableArray<HostOutcome> Build() =>
        [.. scenario.Hosts.Select((plan, i) => HostOutcome.Of(plan, _samples[i].ToImmutable(), _endings[i] ?? Unended))];

    private static HostEnding Unended { get; } = new(null, null, []) { IsInterrupted = true };

    private void Add(int host, HostSample sample)
    {
        ImmutableArray<HostSample>.Builder samples = _samples[host];
        if (samples.Count > 0 && samples[^1].AtUs >= sample.AtUs)
        {
            throw new ChunkException(
                $"host {scenario.Hosts[host].Settings.Name} was read at {samples[^1].AtUs} us, and the next chunk of results begins at {sample.AtUs} us");
        }

        samples.Add(sample);
    }
}
