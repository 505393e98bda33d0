using Damon.Damo.Records;

namespace Damon.Damo.Reports.Heatmaps;

/// <summary>
/// The pixels of a heatmap: time downwards, address to the right. A region heats the pixels of its snapshot's time over its whole
/// age, so a pixel that several snapshots touch counts the overlapping ages again (records spec section 4). Sums are kept as a mean per
/// byte and time after each addition, which is the order of damo's double operations.
/// </summary>
internal sealed class HeatmapGrid
{
    private readonly double[] _heat;
    private readonly double _area;
    private readonly long _startNs;
    private readonly ulong _start;

    /// <summary>Makes a cold grid.</summary>
    /// <param name="rows">Rows of time.</param>
    /// <param name="columns">Columns of addresses.</param>
    /// <param name="startNs">Begin of the time shown, ns.</param>
    /// <param name="endNs">Its end.</param>
    /// <param name="space">The addresses shown.</param>
    internal HeatmapGrid(int rows, int columns, long startNs, long endNs, CoveredRange space)
    {
        (Rows, Columns, _startNs, _start) = (rows, columns, startNs, space.Start);
        RowNs = (long)((endNs - (double)startNs) / rows);
        ColumnBytes = (ulong)((space.End - space.Start) / (double)columns);
        if (RowNs == 0 || ColumnBytes == 0)
        {
            throw new DamoException($"the resolution {rows} {columns} is too fine for {endNs - startNs} ns and {space.End - space.Start} bytes; "
                + "allowed is at least 1 ns and 1 byte for a pixel");
        }

        _heat = new double[rows * columns];
        _area = (double)RowNs * ColumnBytes;
    }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>Time of a pixel, ns.</summary>
    internal long RowNs { get; }

    /// <summary>Addresses of a pixel, bytes.</summary>
    internal ulong ColumnBytes { get; }

    internal double this[int row, int column] => _heat[row * Columns + column];

    internal double Least => _heat.Min();

    internal double Most => _heat.Max();

    /// <summary>Heats the pixels of a snapshot's time.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="rate">Heat of a region: accesses per second.</param>
    /// <param name="intervalNs">Length of an aggregation interval, ns: the unit of ages.</param>
    internal void Add(AccessSnapshot snapshot, Func<RecordedRegion, double> rate, double intervalNs)
    {
        int first = (int)Math.Clamp((snapshot.StartNs - _startNs) / RowNs, 0, Rows);
        for (int row = first; row < Rows && _startNs + RowNs * row < snapshot.EndNs; row++)
        {
            foreach (RecordedRegion region in snapshot.Regions)
            {
                double since = snapshot.StartNs - region.AgeIntervals * intervalNs;
                long rowStart = _startNs + RowNs * row;
                double time = Math.Min(snapshot.EndNs, rowStart + RowNs) - Math.Max(since, rowStart);
                if (time > 0) AddRow(row, region, rate(region), time);
            }
        }
    }

    private void AddRow(int row, in RecordedRegion region, double rate, double time)
    {
        if (region.End <= _start) return;
        ulong from = Math.Max(region.Start, _start) - _start, to = region.End - _start;
        for (ulong column = from / ColumnBytes; column < (ulong)Columns && column * ColumnBytes < to; column++)
        {
            double bytes = Math.Min(to, (column + 1) * ColumnBytes) - Math.Max(from, column * ColumnBytes);
            ref double heat = ref _heat[row * Columns + (int)column];
            heat = (heat * _area + rate * bytes * time) / _area;
        }
    }
}
