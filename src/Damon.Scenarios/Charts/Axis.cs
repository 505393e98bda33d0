using System.Globalization;

namespace Damon.Scenarios.Charts;

/// <summary>A linear axis with round marks.</summary>
internal sealed class Axis
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;
    private readonly double _step;

    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="from">Where the low end is drawn.</param>
    /// <param name="to">Where the high end is drawn.</param>
    /// <param name="marks">About how many marks there should be.</param>
    public Axis(double low, double high, double from, double to, int marks)
    {
        if (high <= low) high = low + 1;
        _step = RoundStep((high - low) / marks);
        _low = Math.Floor(low / _step) * _step;
        _high = Math.Ceiling(high / _step) * _step;
        (_from, _to) = (from, to);
    }

    /// <summary>The values at which there are marks.</summary>
    public IEnumerable<double> Marks
    {
        get
        {
            int count = (int)Math.Round((_high - _low) / _step);
            for (int i = 0; i <= count; i++) yield return _low + (i * _step);
        }
    }

    /// <summary>Where a value is drawn.</summary>
    public double Place(double value) => _from + ((value - _low) / (_high - _low) * (_to - _from));

    /// <summary>The text of a mark.</summary>
    public static string Text(double mark) => Math.Round(mark, 6).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double factor = step / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }
}
