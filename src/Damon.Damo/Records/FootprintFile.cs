using Damon.Damo.Document;
using Damon.Damo.Reading;
using Damon.Damo.Trees;
using Damon.Damo.Values;
using Damon.Damo.Writing;

namespace Damon.Damo.Records;

/// <summary>The file FILE.mem_footprint beside a record: memory use over time (records spec section 1).</summary>
public static class FootprintFile
{
    /// <summary>What is appended to a record's name.</summary>
    public const string Suffix = ".mem_footprint";

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="DamoException">It is no list of footprints.</exception>
    public static IReadOnlyList<MemoryFootprint> Read(string text, string name) =>
        [.. new TreeCursor(JsonTree.Read(text, name), name).Items().Select(Read)];

    /// <summary>The file's text.</summary>
    /// <param name="footprints">The footprints, in the order of time.</param>
    public static string Write(IEnumerable<MemoryFootprint> footprints) => JsonTree.Write(new TreeList([.. footprints.Select(ToTree)])) + "\n";

    private static MemoryFootprint Read(TreeCursor node)
    {
        var processes = new List<ProcessFootprint>();
        SystemFootprint? system = null;
        foreach (TreeCursor entry in node.Required("footprints").Items())
        {
            TreeCursor numbers = entry.Required("footprint");
            if (entry.Required("pid").IsNull)
                system = new(Count(numbers, "total"), Count(numbers, "free"), Count(numbers, "available"), Count(numbers, "buffers"), Count(numbers, "cached"));
            else
                processes.Add(ReadProcess(entry, numbers));
        }

        return new(node.Required("time").Number(ValueReader.Seconds).ToDouble(), processes.ToSequence(), system);
    }

    private static ProcessFootprint ReadProcess(TreeCursor entry, TreeCursor numbers) => new(
        Count(entry, "pid"),
        Count(numbers, "size"),
        Count(numbers, "resident"),
        Count(numbers, "shared"),
        Count(numbers, "trs"),
        Count(numbers, "drs"));

    private static long Count(TreeCursor node, string key)
    {
        if (node.Optional(key) is not { } value) return 0;
        System.Numerics.BigInteger whole = value.Number(ValueReader.Nr).Truncate();
        return whole >= 0 && whole <= long.MaxValue ? (long)whole : throw value.Refuse($"{whole} is out of range; allowed is 0 or more");
    }

    private static TreeMap ToTree(MemoryFootprint footprint) => new TreeMapBuilder()
        .Add("time", new TreeNumber(Number.Real(footprint.TimeSeconds)))
        .Add("footprints", new TreeList([.. footprint.Processes.Select(ToTree), .. footprint.System is { } system ? [ToTree(system)] : (TreeMap[])[]]))
        .Build();

    private static TreeMap ToTree(ProcessFootprint process) => Entry(new TreeNumber(process.Pid),
        ("size", process.SizePages), ("resident", process.ResidentPages), ("shared", process.SharedPages),
        ("trs", process.CodePages), ("lrs", 0), ("drs", process.DataPages), ("dt", 0));

    private static TreeMap ToTree(SystemFootprint system) => Entry(TreeNull.Instance,
        ("total", system.TotalKiB), ("free", system.FreeKiB), ("available", system.AvailableKiB), ("buffers", system.BuffersKiB), ("cached", system.CachedKiB));

    private static TreeMap Entry(TreeNode pid, params ReadOnlySpan<(string Key, long Value)> numbers)
    {
        var map = new TreeMapBuilder();
        foreach ((string key, long value) in numbers) map.Add(key, new TreeNumber(value));
        return new TreeMapBuilder().Add("pid", pid).Add("footprint", map.Build()).Build();
    }
}
