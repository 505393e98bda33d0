using Damon.Fuzz.Tests.Readers;

namespace Damon.Fuzz.Tests;

/// <summary>Whatever a user writes or finds, a reader takes it or refuses it with a sentence, soon and with little memory.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Readers() => [.. FuzzedReader.All.Select(reader => reader.Name)];

    public static TheoryData<string> Findings() =>
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Findings");

    [Theory]
    [MemberData(nameof(Readers))]
    public void Inputs_are_taken_or_refused(string reader) => Run(reader, seed: 1, count: 3_000);

    [Theory]
    [MemberData(nameof(Readers))]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_inputs_are_taken_or_refused(string reader) => Run(reader, seed: 1_000_000, count: 100_000);

    /// <summary>Inputs that once did harm, or that are known to be hard.</summary>
    [Theory]
    [MemberData(nameof(Findings))]
    public void Findings_stay_fixed(string finding)
    {
        FuzzedReader reader = FuzzedReader.All.Single(one => one.Name == Path.GetDirectoryName(finding));
        FuzzRun.Try(reader, File.ReadAllBytes(Path.Combine(Folder, finding)), finding);
    }

    private static void Run(string name, int seed, int count)
    {
        FuzzedReader reader = FuzzedReader.All.Single(one => one.Name == name);
        int taken = FuzzRun.Run(reader, seed, count);

        // Neither all good nor all bad: inputs that are all refused at once would show nothing.
        Assert.InRange(taken, count / 200, count - (count / 200));
    }
}
