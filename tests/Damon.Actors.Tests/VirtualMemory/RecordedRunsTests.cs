using Damon.Actors.Tests.Verification;
using Damon.Actors.Verification.Golden;

namespace Damon.Actors.Tests.VirtualMemory;

public sealed class RecordedRunsTests
{
    private static string Folder => Path.Combine(Goldens.Functions, "..", "system");

    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Folder, "V*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_actors_do_what_the_kernel_did(string file)
    {
        var result = GoldenRun.Verify(Path.Combine(Folder, file));

        Assert.True(result.Passed, result.Message);
    }
}
