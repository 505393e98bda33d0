using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Results;

/// <summary>The memory usage of an <see cref="Aim"/> over the readings of a run.</summary>
public sealed class UsageSeries
{
    private readonly ulong[] _atUs;
    private readonly double[] _bytes;

    /// <summary>Takes the usage out of readings.</summary>
    public UsageSeries(Aim aim, IReadOnlyList<HostSample> samples)
    {
        _atUs = [.. samples.Select(sample => sample.AtUs)];
        _bytes = [.. samples.Select(sample => (double)Bytes(aim, sample))];
    }

    /// <summary>A series of readings at given times.</summary>
    internal UsageSeries(ulong[] atUs, double[] bytes) => (_atUs, _bytes) = (atUs, bytes);

    /// <summary>The usage at one reading, bytes.</summary>
    public static ulong Bytes(Aim aim, HostSample sample) => aim.Memcg is { } memcg
        ? sample.Memcgs[memcg].LruBytesByNode[aim.Node]
        : sample.Nodes[aim.Node].UsedBytes;

    /// <summary>The results of all aims of a host; none when it was never read.</summary>
    public static ImmutableArray<AimResult> Results(HostOutcome outcome, RunSettings run)
    {
        if (outcome.Samples.IsEmpty) return [];
        return [.. outcome.Plan.Aims.Select(aim =>
            new UsageSeries(aim, outcome.Samples).Result(aim, WholeBytes(aim, outcome), run))];
    }

    /// <summary>What the shares of an aim are of, bytes: its node, or the tenant's memory at the end.</summary>
    public static ulong WholeBytes(Aim aim, HostOutcome outcome)
    {
        if (!aim.IsOfTenant || aim.Memcg is not { } memcg) return outcome.Plan.NodeBytes(aim.Node);
        ulong bytes = 0;
        foreach (ulong onNode in outcome.Samples[^1].Memcgs[memcg].LruBytesByNode) bytes += onNode;
        return Math.Max(bytes, 1);
    }

    /// <summary>The result of the whole series.</summary>
    public AimResult Result(Aim aim, ulong nodeBytes, RunSettings run)
    {
        // The reading at time 0 is the set-up's, not the run's.
        int count = Math.Clamp(_bytes.Length - 1, 1, run.Window);
        ReadOnlySpan<double> window = _bytes.AsSpan(_bytes.Length - count);
        double mean = Mean(window);
        double squares = 0;
        foreach (double bytes in window) squares += (bytes - mean) * (bytes - mean);
        double sd = count > 1 ? Math.Sqrt(squares / (count - 1)) : 0;
        double? target = aim.TargetBp is { } bp ? bp / 10_000.0 * nodeBytes : null;
        return new AimResult(aim, nodeBytes, target, mean, sd, count, target is { } bytesAimedAt ? ConvergedAt(bytesAimedAt, run) : null)
        {
            Approach = target is { } goal && _bytes.Length > 1 ? Approach.Of(_atUs.AsSpan(1), _bytes.AsSpan(1), goal, nodeBytes) : null,
        };
    }

    /// <summary>When the series had converged, us; null: it has not.</summary>
    internal ulong? ConvergedAt(double target, RunSettings run)
    {
        double margin = target * (run.ConvergedWithinBp / 10_000.0);
        ulong? since = null;
        for (int i = run.Window; i < _bytes.Length; i++)
        {
            bool isNear = Math.Abs(Mean(_bytes.AsSpan(i - run.Window + 1, run.Window)) - target) <= margin;
            since = isNear ? since ?? _atUs[i] : null;
        }

        return since;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }
}
