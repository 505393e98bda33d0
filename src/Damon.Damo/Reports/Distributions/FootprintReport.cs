using Damon.Damo.Records;

namespace Damon.Damo.Reports.Distributions;

/// <summary><c>report footprints</c>: virtual, resident and system memory over time (console spec section 16).</summary>
internal static class FootprintReport
{
    /// <summary>Its options.</summary>
    internal static readonly ReportOption[] Options = [new("input", 1), new("input_file", 1), new("sortby", 1), new("raw_number", 0)];

    /// <summary>The measures in the order of showing.</summary>
    internal static readonly (string Name, Func<MemoryFootprint, double> Measure)[] Measures =
    [
        ("vsz", footprint => footprint.VirtualBytes), ("rss", footprint => footprint.ResidentBytes), ("sys_used", footprint => footprint.System?.UsedBytes ?? 0),
    ];

    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        IReadOnlyList<MemoryFootprint> footprints = Read(
            input, arguments.Word("input") ?? arguments.Word("input_file") ?? ReportInput.DefaultRecord + FootprintFile.Suffix);
        bool isBySize = arguments.Choice("sortby", "size", "size", "time") == "size";
        foreach ((string name, Func<MemoryFootprint, double> measure) in Measures)
            new Distribution(footprints.Select(measure), isBySize).WriteSizes($"# <percentile> <{name}>\n", output, arguments.Has("raw_number"));
    }

    internal static IReadOnlyList<MemoryFootprint> Read(ReportInput input, string path)
    {
        IReadOnlyList<MemoryFootprint> footprints = FootprintFile.Read(input.ReadText(path), path);
        return footprints.Count > 0 ? footprints : throw new DamoException($"{path}: there is no footprint in it; allowed is one or more");
    }
}
