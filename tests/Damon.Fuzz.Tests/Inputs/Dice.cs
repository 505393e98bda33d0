namespace Damon.Fuzz.Tests.Inputs;

/// <summary>Choices from a seed: the same seed, the same input.</summary>
public sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A whole number below an end.</summary>
    public int Below(int end) => _random.Next(end);

    /// <summary>True once in so many times.</summary>
    public bool OnceIn(int times) => _random.Next(times) == 0;

    /// <summary>One of some things.</summary>
    public T Of<T>(params IReadOnlyList<T> things) => things[_random.Next(things.Count)];

    /// <summary>A whole number, small as a rule, of any size now and then, and often at the edge of something.</summary>
    public string Number() => Below(6) switch
    {
        0 => Of("0", "1", "-1", "4096", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616"),
        1 => _random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        2 => Of("0.5", "1e3", "1e308", "1e-308", "1e999999999", "-0", "00", "0x10", "1.", ".5", "NaN", "inf", "1_000", "1,000"),
        _ => Below(200).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
