using System.Collections.Immutable;

namespace Damon.Scenarios.Fleets.Actors;

/// <summary>A member of a fleet that is no host but belongs to all of them. It lives by mail alone.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="index">Which member of it.</param>
public abstract class FleetActor(Fleet fleet, int index) : FleetMember(fleet, index)
{
    private readonly List<FleetReading> _readings = [];

    /// <summary>What the numbers of its readings are, with their units: <c>lent_bytes</c>.</summary>
    public abstract ImmutableArray<string> Columns { get; }

    /// <inheritdoc/>
    public override ulong StateHash
    {
        get
        {
            using MemoryStream state = new();
            using BinaryWriter writer = new(state);
            SaveState(writer);
            writer.Flush();
            return default(RunningHash).Add(state.GetBuffer().AsSpan(0, (int)state.Length)).Value;
        }
    }

    /// <summary>The readings since the last time that they were taken, in order of time.</summary>
    public ImmutableArray<FleetReading> TakeReadings()
    {
        ImmutableArray<FleetReading> taken = [.. _readings];
        _readings.Clear();
        return taken;
    }

    /// <summary>Reports something.</summary>
    private protected void Report(FleetReading reading)
    {
        _readings.Add(reading);
        RunningHash hash = ResultsHash.Add(reading.AtUs).Add(reading.Note ?? "");
        foreach (double value in reading.Values) hash = hash.Add(value);
        ResultsHash = hash;
    }

    /// <inheritdoc/>
    private protected override void Run(
        ulong beginUs, ulong endUs, IReadOnlyList<FleetMail> mails, IReadOnlyList<MemberCommand> commands)
    {
        foreach (FleetMail mail in mails) Receive(mail, beginUs);
        Act(beginUs);
    }

    /// <summary>Takes a packet.</summary>
    /// <param name="mail">The packet.</param>
    /// <param name="nowUs">The begin of the window, us.</param>
    private protected abstract void Receive(FleetMail mail, ulong nowUs);

    /// <summary>Does what is to be done in a window, after all mail.</summary>
    /// <param name="nowUs">The begin of the window, us.</param>
    private protected abstract void Act(ulong nowUs);
}
