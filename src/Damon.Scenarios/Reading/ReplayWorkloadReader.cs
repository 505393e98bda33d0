using Damon.Damo;
using Damon.Damo.Records;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;
using Damon.Model;
using Damon.Model.Workloads;
using Damon.Model.Workloads.Replays;
using Damon.Scenarios.Replaying;

namespace Damon.Scenarios.Reading;

/// <summary>Makes a program of a record of damo.</summary>
/// <param name="files">The files that workloads name.</param>
/// <param name="pageShift">Bits of an address inside one of its pages.</param>
internal sealed class ReplayWorkloadReader(ScenarioFiles files, int pageShift)
{
    /// <param name="section">The workload's keys.</param>
    /// <param name="own">The same over the keys of the kind.</param>
    /// <param name="size">Its size; 0: that of the record's memory.</param>
    /// <param name="startUs">When the program starts, us.</param>
    public Workload Read(LayeredSection section, LayeredSection own, Bytes size, ulong startUs)
    {
        Workload nothing = new Mlocked(new Bytes(Math.Max(size.Value, 1UL << pageShift)), 1);
        bool repeats = own.Choice("at-end", "exit", "repeat") == "repeat";
        RecordChoice choice = new(Index(own, "kdamond"), Index(own, "context"), Index(own, "scheme"), Index(own, "target"));
        if (own.FileOrNull("replay") is not { } name)
        {
            own.Refuse("replay", "the name of a record of damo");
            return nothing;
        }

        if (files.ReadBytes(name) is not { } bytes || Parse(name, bytes, choice) is not { } replay) return nothing;
        if (size.Value > 0 && size < replay.Size) section.Refuse("size", $"at least the {HoconSize.Format(replay.Size.Value)} of the record's memory");
        return replay with { Size = size < replay.Size ? replay.Size : size, StartUs = (long)startUs, Repeats = repeats };
    }

    private static long? Index(LayeredSection own, string key) => (long?)own.CountOrNull(key, 0, int.MaxValue);

    private Replay? Parse(HoconCursor name, byte[] bytes, RecordChoice choice)
    {
        try
        {
            RecordSeries series = new(RecordFile.Open(() => new MemoryStream(bytes, writable: false), ScenarioFiles.PathOf(name)));
            return RecordHistory.Read(series, choice.Largest(series.Records), pageShift);
        }
        catch (DamoException error)
        {
            name.Refuse($"a record of damo ({error.Message})");
            return null;
        }
    }
}
