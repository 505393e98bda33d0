using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Scenarios.Results.Columns;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Fleets;

/// <summary>A 64-bit hash over what is added to it one after the other; the same on every machine.</summary>
/// <param name="Value">The hash so far.</param>
public readonly record struct RunningHash(ulong Value)
{
    /// <summary>With a number added.</summary>
    public RunningHash Add(ulong number) => new(Seeds.Mix(unchecked((Value * 0x9E3779B97F4A7C15) ^ number) + 1));

    /// <summary>With the bits of a number added.</summary>
    public RunningHash Add(double number) => Add(BitConverter.DoubleToUInt64Bits(number));

    /// <summary>With a text added.</summary>
    public RunningHash Add(string text)
    {
        RunningHash hash = Add((ulong)text.Length);
        foreach (char unit in text) hash = hash.Add(unit);
        return hash;
    }

    /// <summary>With bytes added.</summary>
    public RunningHash Add(ReadOnlySpan<byte> bytes)
    {
        RunningHash hash = Add((ulong)bytes.Length);
        foreach (byte one in bytes) hash = hash.Add(one);
        return hash;
    }

    /// <summary>With all that a reading says added.</summary>
    public RunningHash Add(HostSample sample)
    {
        QuantityHash quantities = new(this);
        ReadingShape.Describe(quantities, sample);
        return quantities.Value;
    }

    /// <summary>With all that is known of a host at its end added.</summary>
    public RunningHash Add(HostEnding ending) => Add(EndingChunk.Content(ending));
}
