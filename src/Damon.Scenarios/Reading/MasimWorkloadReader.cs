using System.Collections.Immutable;
using Damon.Damo;
using Damon.Damo.Masim;
using Damon.Damo.Notices;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Workloads;
using Damon.Model.Workloads.Masim;

namespace Damon.Scenarios.Reading;

/// <summary>Makes a program of a masim configuration.</summary>
/// <param name="files">The files that workloads name.</param>
/// <param name="notices">Gets what masim would read otherwise.</param>
/// <param name="pageShift">Bits of an address inside one of its pages.</param>
/// <param name="durationUs">How long the run is, us.</param>
internal sealed class MasimWorkloadReader(ScenarioFiles files, ICollection<string> notices, int pageShift, ulong durationUs)
{
    private const long LongestMs = 365L * 86_400 * 1_000;
    private const ulong MaxSize = 1UL << 46;

    /// <param name="section">The workload's keys.</param>
    /// <param name="own">The same over the keys of the kind.</param>
    /// <param name="size">Its size; 0: what the regions take.</param>
    /// <param name="startUs">When the program starts, us.</param>
    /// <param name="memory">The memory that decides how fast it goes.</param>
    public Workload Read(LayeredSection section, LayeredSection own, Bytes size, ulong startUs, MemoryTier memory)
    {
        Workload nothing = new Mlocked(new Bytes(Math.Max(size.Value, 1UL << pageShift)), 1);
        bool repeats = own.Choice("at-end", "exit", "repeat") == "repeat";
        long rate = (long)(own.CountOrNull("access-rate", 1, MasimProgram.MostRate) ?? (ulong)(1_000_000_000 / memory.IdleLoadNs));
        bool isStrict = own.Flag("strict");
        if (own.FileOrNull("masim") is not { } name)
        {
            own.Refuse("masim", "the name of a masim configuration");
            return nothing;
        }

        if (files.ReadText(name) is not { } text || Parse(name, text, isStrict) is not { } configuration) return nothing;
        ImmutableArray<Bytes> regions = [.. configuration.Regions.Select(region => new Bytes((ulong)region.Bytes))];
        Bytes needed = new(MasimProgram.PagesOf(regions, pageShift) << pageShift);
        if (size.Value > 0 && size < needed) section.Refuse("size", $"at least the {HoconSize.Format(needed.Value)} of the regions");
        MasimProgram program = new(size < needed ? needed : size, regions, [.. configuration.Phases.Select(Phase)], rate, (long)durationUs, 0)
        {
            StartUs = (long)startUs,
            Repeats = repeats,
        };
        if (program.RememberedDraws <= MasimProgram.MostDraws) return program;
        own.Refuse("access-rate", $"a rate at which the run has at most {MasimProgram.MostDraws} draws of {MasimProgram.AccessesPerDraw} accesses");
        return nothing;
    }

    private MasimConfiguration? Parse(HoconCursor name, string text, bool isStrict)
    {
        List<Notice> found = [];
        try
        {
            MasimConfiguration configuration = MasimReader.Read(text, ScenarioFiles.PathOf(name), found, isStrict);
            if (configuration.TotalBytes > (long)MaxSize || configuration.TotalMilliseconds > LongestMs)
            {
                name.Refuse($"a masim configuration of {HoconSize.Format(MaxSize)} and {LongestMs} ms at most; "
                    + $"this one has {configuration.TotalBytes} B and {configuration.TotalMilliseconds} ms");
                return null;
            }

            foreach (Notice notice in found) notices.Add($"{notice.Where}: {notice.Message}");
            return configuration;
        }
        catch (DamoException error)
        {
            name.Refuse($"a masim configuration ({error.Message})");
            return null;
        }
    }

    private static ProgramPhase Phase(MasimPhase phase) => new(phase.Milliseconds, [.. phase.Patterns.Select(pattern =>
        new RegionPattern(pattern.RegionIndex, pattern.IsRandom, (ulong)pattern.Stride, (uint)pattern.Weight, WritePercent(pattern.Mode)))]);

    private static int WritePercent(MasimAccessMode mode) => mode switch
    {
        MasimAccessMode.Read => 0,
        MasimAccessMode.Write => 100,
        _ => 50,
    };
}
