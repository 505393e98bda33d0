namespace Damon.Actors.Tests.Verification;

/// <summary>Finds the recorded vectors from wherever the tests were built to.</summary>
internal static class Goldens
{
    public static string Root { get; } = FindRoot();

    public static string Functions { get; } = Path.Combine(Root, "functions");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string golden = Path.Combine(folder.FullName, "tests", "Golden");
            if (Directory.Exists(golden)) return golden;
        }

        throw new DirectoryNotFoundException($"no tests/Golden above {AppContext.BaseDirectory}");
    }
}
