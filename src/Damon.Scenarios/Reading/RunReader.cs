namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>run</c>.</summary>
internal static class RunReader
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;
    private const long LongestWindowUs = 3_600L * 1_000_000;
    private const ulong MostWindows = 100_000_000;

    public static RunSettings Read(LayeredSection section, string defaultName, RunOverrides overrides)
    {
        ulong duration = section.DurationUs("duration", 1_000, LongestUs);
        ulong interval = section.DurationUs("sample-interval", 1_000, LongestUs);
        ulong seed = section.Count("seed", 0, ulong.MaxValue);
        if (duration / Math.Max(interval, 1) > 1_000_000) section.Refuse("sample-interval", "at least a millionth of the duration");
        ulong windowLength = section.DurationUs("window-length", 1_000, LongestWindowUs);
        if (duration / Math.Max(windowLength, 1) > MostWindows) section.Refuse("window-length", $"at least a {MostWindows}th of the duration");
        return new RunSettings(
            section.TextOrNull("name") ?? defaultName,
            overrides.DurationUs ?? duration,
            overrides.Seed ?? seed,
            interval,
            (int)section.Count("window", 2, 1_000_000),
            section.BasisPoints("converged-within", 1, 10_000))
        {
            WindowLengthUs = windowLength,
            Snapshots = section.Flag("snapshots"),
        };
    }
}
