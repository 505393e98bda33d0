using Damon.Fuzz.Tests.Inputs;
using Damon.Fuzz.Tests.Readers;

namespace Damon.Fuzz.Tests;

/// <summary>What no input may do to a reader. What memory it may take is set for the whole process, in the project file.</summary>
public static class FuzzRun
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_hung = TimeSpan.FromSeconds(30);

    /// <summary>Inputs by the numbers from a seed on.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="count">How many.</param>
    /// <returns>How many of them the reader took.</returns>
    public static int Run(FuzzedReader reader, int seed, int count)
    {
        using LastInput last = new(reader.Name);
        int taken = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] input = reader.Make(new Dice(seed + i));
            last.Keep(input);
            if (Try(reader, input, $"seed {seed + i}") is null) taken++;
        }

        return taken;
    }

    /// <summary>Reads an input under all limits.</summary>
    /// <returns>The sentence with which it was refused; null: it was taken.</returns>
    public static string? Try(FuzzedReader reader, byte[] input, string name)
    {
        string what = $"{reader.Name}, {name}, base64 {Convert.ToBase64String(input)}";
        TimeSpan before = Spent();
        using Timer hung = new(_ => Environment.FailFast($"more than {s_hung}: {what}"), null, s_hung, Timeout.InfiniteTimeSpan);
        string? refusal;
        try
        {
            refusal = reader.Read(input);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{what}: {error.GetType().Name}: {error.Message}", error);
        }

        TimeSpan took = Spent() - before;
        // The compiler and the collector work beside the reader, at times a lot.
        if (took > s_longest)
        {
            before = Spent();
            reader.Read(input);
            took = Spent() - before;
        }

        Assert.True(took < s_longest, $"{took} for {what}");
        if (refusal is not null) AssertSentence(refusal, what);
        return refusal;
    }

    /// <summary>Time on a processor, not by the clock: others may be at work on the machine.</summary>
    private static TimeSpan Spent() => Environment.CpuUsage.TotalTime;

    private static void AssertSentence(string refusal, string what)
    {
        Assert.True(refusal.Length > 10, $"says only '{refusal}': {what}");
        Assert.False(refusal.Contains("   at ", StringComparison.Ordinal), $"a stack trace: {what}");
        Assert.False(refusal.Contains("Exception", StringComparison.Ordinal) && !what.Contains("Exception", StringComparison.Ordinal), $"speaks of exceptions, '{refusal}': {what}");
    }
}
