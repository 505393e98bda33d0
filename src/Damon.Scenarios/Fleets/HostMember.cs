using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Actors.Snapshots;
using Damon.Scenarios.Fleets.Agents;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Fleets;

/// <summary>A host of a fleet: a simulated host, read at equal intervals.</summary>
public sealed class HostMember : FleetMember
{
    private readonly HostPlan _plan;
    private readonly RunSettings _run;
    private readonly List<HostSample> _readings = [];
    private readonly PeriodLog _periods;
    private readonly ImmutableArray<HostAgent> _agents;
    private ulong _reachedUs;
    private ulong _nextReadUs;
    private ulong _lastReadUs;

    internal HostMember(Fleet fleet, int index)
        : base(fleet, index)
    {
        _plan = fleet.Scenario.Hosts[index];
        _run = fleet.Scenario.Run;
        _periods = new PeriodLog(_plan);
        _agents = fleet.AgentsOf(index);
    }

    /// <summary>The host; null before the first window, and after the end.</summary>
    public SimulatedHost? Host { get; private set; }

    /// <summary>What runs on it for what belongs to all hosts.</summary>
    internal ImmutableArray<HostAgent> Agents => _agents;

    /// <inheritdoc/>
    /// <remarks>Walks over all pages.</remarks>
    public override ulong StateHash
    {
        get
        {
            ulong host = Host?.StateHash ?? 0;
            if (_agents.IsEmpty) return host;
            using MemoryStream agents = new();
            using BinaryWriter writer = new(agents);
            foreach (HostAgent agent in _agents) agent.Save(writer);
            writer.Flush();
            return new RunningHash(host).Add(agents.GetBuffer().AsSpan(0, (int)agents.Length)).Value;
        }
    }

    /// <summary>The readings since the last time that they were taken, in order of time; the first one of all is at time 0.</summary>
    public ImmutableArray<HostSample> TakeReadings()
    {
        ImmutableArray<HostSample> taken = [.. _readings];
        _readings.Clear();
        return taken;
    }

    /// <summary>Ends the host where it is: reads it a last time, and lets go of it.</summary>
    public HostEnding End()
    {
        HostEnding ending = LetGo();
        ResultsHash = ResultsHash.Add(ending);
        return ending;
    }

    private HostEnding LetGo()
    {
        if (NextWindow == 0) Try(() => Host = Begin());
        if (Host is not { } host || Failure is not null) return new HostEnding(null, Failure, []) { Periods = _periods.Periods };
        if (_lastReadUs != host.NowUs) Read(host);
        _periods.End(host);
        HostEnding ending = HostEnding.Of(host, StateHash, _periods.Periods, host.NowUs < _run.DurationUs);
        Host = null;
        return ending;
    }

    /// <inheritdoc/>
    private protected override void Run(
        ulong beginUs, ulong endUs, IReadOnlyList<FleetMail> mails, IReadOnlyList<MemberCommand> commands)
    {
        Try(() =>
        {
            SimulatedHost host = Host ??= Begin();
            AgentTurn turn = new(host, beginUs, endUs, Send);
            foreach (FleetMail mail in mails)
            {
                foreach (HostAgent agent in _agents) agent.Receive(mail, turn);
            }

            foreach (MemberCommand command in commands)
            {
                foreach (HostEvent @event in command.Events) host.CarryOut(@event with { AtUs = beginUs });
                foreach (HostAgent agent in _agents) agent.Obey(command, turn);
            }

            foreach (HostAgent agent in _agents) agent.Act(turn);
            RunUntil(host, endUs);
        });
    }

    /// <summary>Does something with the host; what goes wrong is the host's failure, not the fleet's.</summary>
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (WorldFailedException failure)
        {
            Failure = failure.Message;
        }
        catch (Exception failure) when (failure is ArgumentException or OutOfMemoryException or OverflowException or AskException)
        {
            Failure = $"host {Name} could not be simulated: {failure.Message}";
        }
    }

    private SimulatedHost Begin()
    {
        SimulatedHost host = new(_plan.Settings);
        Fleet.Built?.Invoke(host);
        if (_run.Snapshots) host.KeepSnapshots();
        host.RunUntil(0);
        Read(host);
        return host;
    }

    /// <summary>
    /// Readings come when all that is due by their time is done, so where windows end does not matter to them, even when a
    /// kdamond's work has made the clock go further.
    /// </summary>
    private void RunUntil(SimulatedHost host, ulong endUs)
    {
        while (_reachedUs < endUs)
        {
            ulong periodEndUs = _periods.NextEndUs;
            _reachedUs = Math.Max(_reachedUs, Math.Min(Math.Min(endUs, _nextReadUs), periodEndUs));
            host.RunUntil(_reachedUs);
            if (_reachedUs >= _nextReadUs) Read(host);
            if (_reachedUs >= periodEndUs) _periods.End(host);
        }
    }

    private void Read(SimulatedHost host)
    {
        HostSample sample = host.Sample();
        _readings.Add(sample);
        _lastReadUs = sample.AtUs;
        _nextReadUs = (sample.AtUs / _run.SampleIntervalUs + 1) * _run.SampleIntervalUs;
        ResultsHash = ResultsHash.Add(sample);
        _periods.Read(sample);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There are readings that nobody has taken.</exception>
    private protected override void SaveState(BinaryWriter writer)
    {
        if (_readings.Count > 0) throw new InvalidOperationException($"the readings of {Name} are taken before it is saved");
        writer.Write7BitEncodedInt64((long)_reachedUs);
        writer.Write7BitEncodedInt64((long)_nextReadUs);
        writer.Write7BitEncodedInt64((long)_lastReadUs);
        _periods.Save(writer);
        foreach (HostAgent agent in _agents) agent.Save(writer);
        writer.Write(Host is not null);
        if (Host is null) return;
        using MemoryStream world = new();
        Host.Save(world);
        writer.Write7BitEncodedInt((int)world.Length);
        writer.Write(world.GetBuffer(), 0, (int)world.Length);
    }

    /// <inheritdoc/>
    private protected override void LoadState(BinaryReader reader)
    {
        _reachedUs = (ulong)reader.Read7BitEncodedInt64();
        _nextReadUs = (ulong)reader.Read7BitEncodedInt64();
        _lastReadUs = (ulong)reader.Read7BitEncodedInt64();
        _periods.Load(reader);
        foreach (HostAgent agent in _agents) agent.Load(reader);
        if (!reader.ReadBoolean()) return;
        int length = reader.Read7BitEncodedInt();
        byte[] world = reader.ReadBytes(length);
        if (world.Length != length) throw new InvalidDataException($"the world of {Name} is cut off");
        try
        {
            Host = SimulatedHost.Load(new MemoryStream(world), _plan.Settings);
        }
        catch (SnapshotException broken)
        {
            throw new InvalidDataException($"{Name}: {broken.Message}", broken);
        }
    }
}
