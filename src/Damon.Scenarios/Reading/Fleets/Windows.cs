using Damon.Hocon.Units;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>Reads times between hosts, which are whole windows of virtual time.</summary>
internal static class Windows
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;

    /// <summary>A duration of at least one window, in us.</summary>
    public static ulong Read(LayeredSection section, string key, RunSettings run)
    {
        ulong us = section.DurationUs(key, 1_000, LongestUs);
        if (us % run.WindowLengthUs == 0 && us > 0) return us;
        section.Refuse(key, $"whole windows of run.window-length, which is {HoconDuration.Format((long)run.WindowLengthUs * 1_000)}");
        return run.WindowLengthUs;
    }
}
