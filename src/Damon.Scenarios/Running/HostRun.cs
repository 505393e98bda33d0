using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;

namespace Damon.Scenarios.Running;

/// <summary>Runs one host from its begin to its end and reads it at equal intervals.</summary>
/// <param name="plan">The host.</param>
/// <param name="run">How long, and how often it is read.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="built">Called with the host before it runs; null: nobody wants to know.</param>
internal sealed class HostRun(HostPlan plan, RunSettings run, HostProgress progress, Action<SimulatedHost>? built = null)
{
    /// <summary>How much virtual time may pass before an interruption is seen; no result depends on it.</summary>
    private const ulong StrideUs = 200_000;

    private readonly List<HostSample> _samples = [];
    private readonly PeriodLog _periods = new(plan);

    public HostOutcome Run(CancellationToken interruption)
    {
        try
        {
            SimulatedHost host = new(plan.Settings);
            built?.Invoke(host);
            Advance(host, interruption);
            return Outcome(host.StateHash, null, Refusals(host), host.NowUs < run.DurationUs) with { Log = Log(host) };
        }
        catch (WorldFailedException failure)
        {
            return Outcome(null, failure.Message, [], false);
        }
        catch (Exception failure) when (failure is ArgumentException or OutOfMemoryException or OverflowException or AskException)
        {
            return Outcome(null, $"host {plan.Settings.Name} could not be simulated: {failure.Message}", [], false);
        }
    }

    private void Advance(SimulatedHost host, CancellationToken interruption)
    {
        if (run.Snapshots) host.KeepSnapshots();
        host.RunUntil(0);
        Read(host);
        while (host.NowUs < run.DurationUs && !interruption.IsCancellationRequested)
        {
            ulong nextRead = Math.Min((host.NowUs / run.SampleIntervalUs + 1) * run.SampleIntervalUs, run.DurationUs);
            host.RunUntil(Math.Min(Math.Min(host.NowUs + StrideUs, nextRead), _periods.NextEndUs));
            progress.Reach(host.NowUs);
            if (host.NowUs >= nextRead) Read(host);
            if (host.NowUs >= _periods.NextEndUs) _periods.End(host);
        }

        if (_samples[^1].AtUs != host.NowUs) Read(host);
        _periods.End(host);
    }

    private void Read(SimulatedHost host)
    {
        HostSample sample = host.Sample();
        _samples.Add(sample);
        _periods.Read(sample);
        progress.Show(sample);
    }

    private HostOutcome Outcome(ulong? hash, string? failure, ImmutableArray<string> refusals, bool isInterrupted) =>
        new(plan, [.. _samples], hash, failure, refusals, isInterrupted) { Periods = _periods.Periods };

    private static ImmutableArray<string> Refusals(SimulatedHost host)
    {
        var refusals = ImmutableArray.CreateBuilder<string>();
        foreach (HostRefusal refusal in host.Map.Host.Ask<ReadHostRefusals, IReadOnlyList<HostRefusal>>(default))
            refusals.Add(string.Create(CultureInfo.InvariantCulture, $"at {refusal.Event.AtUs / 1e6} s host {host.Name} refused an event: {refusal.Error}"));
        foreach (ActorRef kdamond in host.Map.Kdamonds)
        {
            foreach (ControlOutcome outcome in kdamond.Ask<ReadControlOutcomes, IReadOnlyList<ControlOutcome>>(default))
            {
                if (outcome.Error is null) continue;
                refusals.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"at {outcome.AtUs / 1e6} s kdamond {outcome.Event.Kdamond} of {host.Name} refused the event of {outcome.Event.AtUs / 1e6} s: {outcome.Error}"));
            }
        }

        return refusals.ToImmutable();
    }

    private static ImmutableArray<string> Log(SimulatedHost host)
    {
        List<(ulong AtUs, string Line)> lines = [];
        foreach (ActorRef kdamond in host.Map.Kdamonds)
        {
            foreach (ControlOutcome outcome in kdamond.Ask<ReadControlOutcomes, IReadOnlyList<ControlOutcome>>(default))
            {
                if (outcome.Effect is { } effect)
                    lines.Add((outcome.AtUs, string.Create(CultureInfo.InvariantCulture, $"{outcome.AtUs / 1e6} s, kdamond {outcome.Event.Kdamond}: {effect}")));
            }
        }

        return [.. lines.OrderBy(line => line.AtUs).Select(line => line.Line)];
    }
}
