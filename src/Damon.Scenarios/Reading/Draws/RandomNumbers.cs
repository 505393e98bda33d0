using Damon.Actors.Runtime;

namespace Damon.Scenarios.Reading.Draws;

/// <summary>A stream of random numbers that follows from a seed alone.</summary>
/// <remarks>Single precision hides how exactly a machine's logarithm and its like round.</remarks>
/// <param name="seed">The seed.</param>
internal sealed class RandomNumbers(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double Grain = 1.0 / (1UL << 53);

    private ulong _state = seed;

    /// <summary>A number in [0, 1).</summary>
    public double Share() => (Seeds.Mix(unchecked(_state += Golden)) >> 11) * Grain;

    /// <summary>A number of the normal distribution with mean 0 and deviation 1 (Box and Muller).</summary>
    public double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Share()));
        return (float)(radius * Math.Cos(2 * Math.PI * Share()));
    }

    /// <summary>A number of the exponential distribution with mean 1.</summary>
    public double Exponential() => (float)-Math.Log(1 - Share());

    /// <summary>An index, each as likely as its weight says.</summary>
    /// <param name="weights">Not negative, at least one above 0.</param>
    public int Index(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights) sum += weight;
        double left = Share() * sum;
        int index = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0) continue;
            index = i;
            if ((left -= weights[i]) < 0) break;
        }

        return index;
    }
}
