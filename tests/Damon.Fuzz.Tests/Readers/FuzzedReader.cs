using Damon.Fuzz.Tests.Inputs;

namespace Damon.Fuzz.Tests.Readers;

/// <summary>A reader, with inputs for it.</summary>
public abstract class FuzzedReader
{
    /// <summary>All readers that take what a user wrote or found.</summary>
    public static IReadOnlyList<FuzzedReader> All { get; } = [new DamoLines(), new Documents(), new HoconTexts(), new ScenarioFiles(), new MasimFiles(), new Records()];

    /// <summary>The reader's name; findings of it are kept under this name.</summary>
    public string Name => GetType().Name;

    /// <summary>Makes an input: by a grammar, or by damage to something that was good.</summary>
    public abstract byte[] Make(Dice dice);

    /// <summary>Reads an input, and does with it what commands do right after reading.</summary>
    /// <param name="input">The input.</param>
    /// <returns>The sentence with which it was refused; null: it was taken.</returns>
    public abstract string? Read(byte[] input);
}
