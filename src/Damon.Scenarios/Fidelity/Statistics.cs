namespace Damon.Scenarios.Fidelity;

/// <summary>Figures of a course over time.</summary>
public static class Statistics
{
    /// <summary>The mean.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    /// <summary>The standard deviation of the values themselves.</summary>
    public static double Deviation(ReadOnlySpan<double> values)
    {
        double mean = Mean(values);
        double sum = 0;
        foreach (double value in values) sum += (value - mean) * (value - mean);
        return Math.Sqrt(sum / values.Length);
    }

    /// <summary>The share of values in a range, both ends included.</summary>
    public static double ShareWithin(ReadOnlySpan<double> values, double low, double high)
    {
        int inside = 0;
        foreach (double value in values)
        {
            if (low <= value && value <= high) inside++;
        }

        return (double)inside / values.Length;
    }

    /// <summary>
    /// How long a swing takes, in the unit of the times: the mean time between two crossings of the mean upwards; infinite
    /// when there are not two.
    /// </summary>
    public static double PeriodOfSwings(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        double mean = Mean(values);
        int crossings = 0;
        double first = 0;
        double last = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i - 1] > mean || values[i] <= mean) continue;
            if (crossings++ == 0) first = times[i];
            last = times[i];
        }

        return crossings < 2 ? double.PositiveInfinity : (last - first) / (crossings - 1);
    }
}
