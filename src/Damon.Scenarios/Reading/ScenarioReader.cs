using Damon.Hocon;
using Damon.Hocon.Reading;

namespace Damon.Scenarios.Reading;

/// <summary>Reads scenario files: the way in to this library.</summary>
public static class ScenarioReader
{
    /// <summary>Reads and validates a scenario; nothing has run or been allocated after it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">What the command line says instead; null: nothing.</param>
    /// <exception cref="HoconException">
    /// What is wrong, <c>file:line:column: path: found X, allowed: Y</c>; all of it in <see cref="HoconException.All"/>.
    /// </exception>
    public static Scenario Load(string path, RunOverrides? overrides = null) =>
        Read(HoconDocument.Load(path), Path.GetFileNameWithoutExtension(path), overrides ?? RunOverrides.None, null);

    /// <summary>Reads and validates a scenario from a tree.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="name">The run's name unless the tree says another.</param>
    /// <param name="overrides">What the command line says instead.</param>
    /// <exception cref="HoconException">As for <see cref="Load"/>.</exception>
    public static Scenario Read(HoconObject root, string name, RunOverrides overrides) => Read(root, name, overrides, null);

    internal static Scenario Read(HoconObject root, string name, RunOverrides overrides, KeyLog? log) =>
        HoconReader.Read(Reference.Root, reference =>
            HoconReader.Read(root, given => Read(given, reference, name, overrides, log)));

    private static Scenario Read(HoconSection given, HoconSection reference, string name, RunOverrides overrides, KeyLog? log)
    {
        EachSections each = new(reference.GetSection("each"));
        LayeredSection layered = new(given, reference, log);
        layered.Any("define", "object of anything");
        RunSettings run = RunReader.Read(layered.Section("run"), name, overrides);
        HostsReader hosts = new(layered, reference, each, run);
        return new Scenario(run, hosts.Read(), [.. hosts.Notices]);
    }
}
