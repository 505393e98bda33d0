namespace Damon.Damo.Environment;

/// <summary>A range of System RAM and its NUMA node.</summary>
/// <param name="Node">Node id.</param>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">Address behind the last, bytes.</param>
public readonly record struct RamRange(int Node, ulong Start, ulong End);

/// <summary>The System RAM of the machine that a command is read for, by node.</summary>
public sealed class SystemRam
{
    private const ulong GiB = 1UL << 30;

    private readonly RamRange[] _ranges;

    /// <summary>Makes a layout.</summary>
    /// <param name="ranges">The ranges; none may be empty or overlap another.</param>
    /// <exception cref="ArgumentException">A range is empty, overlaps, or there is none.</exception>
    public SystemRam(IEnumerable<RamRange> ranges)
    {
        _ranges = [.. ranges];
        Array.Sort(_ranges, (left, right) => left.Start.CompareTo(right.Start));
        if (_ranges.Length == 0) throw new ArgumentException("System RAM needs at least one range", nameof(ranges));
        for (int i = 0; i < _ranges.Length; i++)
        {
            if (_ranges[i].Start >= _ranges[i].End) throw new ArgumentException($"empty range of System RAM: {_ranges[i]}", nameof(ranges));
            if (i > 0 && _ranges[i - 1].End > _ranges[i].Start)
                throw new ArgumentException($"ranges of System RAM overlap: {_ranges[i - 1]} and {_ranges[i]}", nameof(ranges));
        }
    }

    /// <summary>Node 0 [4 GiB, 31 GiB), node 1 [31 GiB, 58 GiB): the machine of the recorded cases.</summary>
    public static SystemRam Default { get; } = new([new(0, 4 * GiB, 31 * GiB), new(1, 31 * GiB, 58 * GiB)]);

    /// <summary>All ranges, by address.</summary>
    public IReadOnlyList<RamRange> Ranges => _ranges;

    /// <summary>First byte of System RAM.</summary>
    public ulong Start => _ranges[0].Start;

    /// <summary>Address behind the last byte of System RAM.</summary>
    public ulong End => _ranges[^1].End;

    /// <summary>The ranges of some nodes by address, touching ones merged; empty when no such node exists.</summary>
    /// <param name="isWanted">Tells whether a node is wanted.</param>
    public IReadOnlyList<(ulong Start, ulong End)> Of(Func<int, bool> isWanted)
    {
        var merged = new List<(ulong Start, ulong End)>();
        foreach (RamRange range in _ranges)
        {
            if (!isWanted(range.Node)) continue;
            if (merged.Count > 0 && merged[^1].End == range.Start) merged[^1] = (merged[^1].Start, range.End);
            else merged.Add((range.Start, range.End));
        }

        return merged;
    }
}
