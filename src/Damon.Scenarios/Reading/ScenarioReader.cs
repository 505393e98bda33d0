using Damon.Hocon;
using Damon.Hocon.Reading;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Reading.Fleets;

namespace Damon.Scenarios.Reading;

/// <summary>Reads scenario files: the way in to this library.</summary>
public static class ScenarioReader
{
    /// <summary>Reads and validates a scenario; nothing has run or been allocated after it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">What the command line says instead; null: nothing.</param>
    /// <param name="files">Where it, its includes and the files that it names come from; null: the machine's files.</param>
    /// <exception cref="HoconException">
    /// What is wrong, <c>file:line:column: path: found X, allowed: Y</c>; all of it in <see cref="HoconException.All"/>.
    /// </exception>
    public static Scenario Load(string path, RunOverrides? overrides = null, HoconFiles? files = null)
    {
        HoconOptions options = new() { Files = files ?? HoconFiles.Disk };
        return Read(HoconDocument.Load(path, options), Path.GetFileNameWithoutExtension(path), overrides ?? RunOverrides.None, options.Files);
    }

    /// <summary>Reads and validates a scenario from a tree.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="name">The run's name unless the tree says another.</param>
    /// <param name="overrides">What the command line says instead.</param>
    /// <param name="files">Where the files that it names come from; null: the machine's files.</param>
    /// <exception cref="HoconException">As for <see cref="Load"/>.</exception>
    public static Scenario Read(HoconObject root, string name, RunOverrides overrides, HoconFiles? files = null) =>
        Read(root, name, overrides, files ?? HoconFiles.Disk, null);

    internal static Scenario Read(HoconObject root, string name, RunOverrides overrides, HoconFiles files, KeyLog? log) =>
        HoconReader.Read(Reference.Root, reference =>
            HoconReader.Read(root, given => Read(given, reference, name, overrides, new ScenarioFiles(files), log)));

    private static Scenario Read(
        HoconSection given, HoconSection reference, string name, RunOverrides overrides, ScenarioFiles files, KeyLog? log)
    {
        EachSections each = new(reference.GetSection("each"), log);
        LayeredSection layered = new(given, reference, log);
        layered.Any("define", "object of anything");
        RunSettings run = RunReader.Read(layered.Section("run"), name, overrides);
        LayeredSection all = layered.Section("fleet");
        TenantKinds kinds = TenantKinds.Of(all.One("tenants", each, "tenants"), each);
        HostsReader reader = new(layered, reference, each, run, files, kinds);
        NamedHosts hosts = reader.Read();
        FleetPlan fleet = new FleetReader(each, run, hosts, files, kinds).Read(all);
        return new Scenario(run, hosts.Plans, [.. reader.Notices]) { Fleet = fleet };
    }
}
