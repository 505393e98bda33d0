using System.Globalization;

namespace Damon.Damo.Records;

/// <summary>
/// Walks over the text form (records spec section 3): one line per region, the lines of a snapshot together. It tells no
/// intervals and no start times; a start is the end minus the mean spacing of the record's snapshots, which needs a first walk.
/// </summary>
/// <param name="stream">The text.</param>
/// <param name="spacingsNs">Mean spacing of each record's snapshots, ns; null in the first walk.</param>
internal sealed class PerfScriptParser(Stream stream, IReadOnlyList<long>? spacingsNs) : ISnapshotParser
{
    private const int LineLengthMax = 1 << 16;

    private sealed class Pending(int index)
    {
        internal readonly int Index = index;
        internal readonly List<RecordedRegion> Regions = [];
        internal int Missing;
        internal long EndNs;
    }

    private readonly StreamReader _lines = new(stream);
    private readonly Dictionary<RecordKey, Pending> _records = [];
    private readonly List<RecordHeader> _headers = [];
    private readonly char[] _line = new char[LineLengthMax];
    private int _lineNumber;

    public IReadOnlyList<RecordHeader> Headers => _headers;

    public bool TryNext(out int recordIndex, out AccessSnapshot snapshot)
    {
        while (TryReadLine(out ReadOnlySpan<char> line))
        {
            if (Take(line) is not { Missing: 0 } record) continue;
            recordIndex = record.Index;
            snapshot = new(record.EndNs - (spacingsNs?[record.Index] ?? 0), record.EndNs, record.Regions);
            record.Regions.Clear();
            return true;
        }

        if (_records.Values.FirstOrDefault(record => record.Missing > 0) is { } open)
            throw new DamoException($"the text ends, but {open.Missing} regions of a snapshot are missing");
        (recordIndex, snapshot) = (0, null!);
        return false;
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Reads a line into the one buffer: a file without line ends must not fill the memory.</summary>
    private bool TryReadLine(out ReadOnlySpan<char> line)
    {
        int length = 0;
        int c = _lines.Read();
        line = default;
        if (c < 0) return false;
        _lineNumber++;
        for (; c is >= 0 and not '\n'; c = _lines.Read())
        {
            if (length == LineLengthMax) throw Refuse($"longer than {LineLengthMax} characters");
            _line[length++] = (char)c;
        }

        line = _line.AsSpan(0, length).TrimEnd('\r');
        return true;
    }

    private DamoException Refuse(string reason) => new($"line {_lineNumber}: {reason}");

    /// <summary>Adds the region of a line; null for lines of other events, comments and blank ones.</summary>
    private Pending? Take(ReadOnlySpan<char> line)
    {
        if (line.IsWhiteSpace() || line.TrimStart().StartsWith("#")) return null;
        string[] words = line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int at = Array.FindIndex(words, word => word is "damon:damon_aggregated:" or "damon:damos_before_apply:" or "damon_aggregated:" or "damos_before_apply:");
        if (at < 1)
        {
            return words.Any(word => word.EndsWith(':') && word.Contains("damon", StringComparison.Ordinal))
                ? null
                : throw Refuse("no event damon_aggregated or damos_before_apply, which a record's text consists of");
        }

        int range = at + 1;
        while (range < words.Length && words[range].Contains('=', StringComparison.Ordinal)) range++;
        if (words.Length < range + 3) throw Refuse("found too few words; needed are nr_regions=, START-END:, samples and age");
        Pending record = Record(words.AsSpan(at + 1, range - at - 1));
        if (record.Missing == 0)
        {
            record.Missing = (int)Math.Min(Field(words.AsSpan(at + 1, range - at - 1), "nr_regions=") ?? 0, int.MaxValue);
            if (record.Missing is < 1 or > SnapshotReader.RegionsMax) throw Refuse($"nr_regions is {record.Missing}; allowed is 1 to {SnapshotReader.RegionsMax}");
        }

        record.EndNs = Seconds(words[at - 1]);
        record.Regions.Add(Region(words[range], words[range + 1], words[range + 2]));
        record.Missing--;
        return record;
    }

    private Pending Record(ReadOnlySpan<string> fields)
    {
        var key = new RecordKey(
            Field(fields, "target_id=") ?? Field(fields, "target_idx="), null, Field(fields, "ctx_idx="), Field(fields, "scheme_idx="));
        if (_records.TryGetValue(key, out Pending? record)) return record;
        if (_headers.Count == RecordFile.RecordsMax) throw Refuse($"more than {RecordFile.RecordsMax} records");
        record = new(_headers.Count);
        _headers.Add(new(key, null));
        _records.Add(key, record);
        return record;
    }

    private long? Field(ReadOnlySpan<string> fields, string name)
    {
        foreach (string field in fields)
        {
            if (field.StartsWith(name, StringComparison.Ordinal)) return Whole(field.AsSpan(name.Length));
        }

        return null;
    }

    private RecordedRegion Region(string range, string samples, string age)
    {
        int dash = range.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !range.EndsWith(':')) throw Refuse($"'{range}' is no region; allowed is START-END:");
        return new((ulong)Whole(range.AsSpan(0, dash)), (ulong)Whole(range.AsSpan(dash + 1).TrimEnd(':')), Whole(samples), Whole(age));
    }

    private long Whole(ReadOnlySpan<char> text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
        ? value
        : throw Refuse($"'{text}' is no whole number");

    /// <summary>SECONDS.FRACTION: as nanoseconds, exactly.</summary>
    private long Seconds(string word)
    {
        if (word.EndsWith(':') && decimal.TryParse(word.AsSpan(0, word.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
            && seconds < long.MaxValue / 1_000_000_000)
            return (long)(seconds * 1_000_000_000);
        throw Refuse($"'{word}' is no time; allowed are seconds such as 1000.100000:");
    }
}
