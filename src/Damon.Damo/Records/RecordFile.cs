using System.Text.Json;

namespace Damon.Damo.Records;

/// <summary>
/// A file of damo records: zlib JSON with any header, plain JSON, or perf-script text (records spec sections 2 and 3). It is walked
/// over twice and never held: only one snapshot at a time and the records' headers are in memory, whatever the file's size.
/// </summary>
public sealed class RecordFile : IRecordSource
{
    /// <summary>Records in a file at most; a polled file has one for each snapshot.</summary>
    public const int RecordsMax = 1 << 20;

    private readonly Func<Stream> _open;
    private readonly string _name;
    private readonly IReadOnlyList<long>? _spacingsNs;
    private bool _isText;
    private bool _isPacked;

    private RecordFile(Func<Stream> open, string name)
    {
        (_open, _name) = (open, name);
        Records = Summarize();
        if (!_isText) return;
        // Text tells only ends: the first walk gives the records' spacing, and only then their starts.
        _spacingsNs = [.. Records.Select(record => record.NrSnapshots > 1 ? (record.EndNs - record.StartNs) / (record.NrSnapshots - 1) : 0)];
        Records = Summarize();
    }

    /// <inheritdoc/>
    public IReadOnlyList<RecordSummary> Records { get; } = [];

    /// <summary>Opens a file and walks over it once.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DamoException">It cannot be read, or is no record; the message names the file and the place.</exception>
    public static RecordFile Open(string path) => new(() => File.OpenRead(path), path);

    /// <summary>Reads records from anything that can be opened repeatedly.</summary>
    /// <param name="open">Opens the bytes at their start.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="DamoException">It is no record; the message names the place.</exception>
    public static RecordFile Open(Func<Stream> open, string name) => new(open, name);

    /// <inheritdoc/>
    public IEnumerable<RecordedSnapshot> Snapshots()
    {
        int[] counts = new int[Records.Count];
        using ISnapshotParser parser = Guarded(() => OpenParser([.. Records.Select(record => record.Header)]));
        while (TryNext(parser, out int record, out AccessSnapshot snapshot)) yield return new(record, counts[record]++, snapshot);
    }

    private List<RecordSummary> Summarize()
    {
        using ISnapshotParser parser = Guarded(() => OpenParser(null));
        var builders = new List<SummaryBuilder>();
        while (TryNext(parser, out int record, out AccessSnapshot snapshot))
        {
            while (builders.Count <= record) builders.Add(new());
            builders[record].Add(snapshot);
        }

        while (builders.Count < parser.Headers.Count) builders.Add(new());
        return [.. parser.Headers.Select((header, index) => builders[index].Build(header))];
    }

    private bool TryNext(ISnapshotParser parser, out int record, out AccessSnapshot snapshot)
    {
        (bool isFound, record, snapshot) = Guarded(() => (parser.TryNext(out int index, out AccessSnapshot next), index, next));
        return isFound;
    }

    private ISnapshotParser OpenParser(IReadOnlyList<RecordHeader>? known)
    {
        Stream stream = Unpacked(_open(), out byte first);
        _isPacked = stream is ZlibText;
        _isText = first is not ((byte)'[' or (byte)'{');
        return _isText ? new PerfScriptParser(stream, _spacingsNs) : new JsonRecordParser(stream, known);
    }

    /// <summary>Recognises the form by its first bytes, as the tool <c>file</c> does for damo.</summary>
    private static Stream Unpacked(Stream stream, out byte first)
    {
        byte[] head = new byte[2];
        int count = stream.ReadAtLeast(head, 2, throwOnEndOfStream: false);
        stream.Seek(0, SeekOrigin.Begin);
        bool isZlib = count == 2 && (head[0] & 0x0f) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;
        if (isZlib)
        {
            first = (byte)'[';
            return new ZlibText(stream);
        }

        do first = (byte)Math.Max(stream.ReadByte(), 0);
        while (first is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');
        stream.Seek(0, SeekOrigin.Begin);
        if (first is >= (byte)' ' and < 0x7f) return stream;
        stream.Dispose();
        if (count == 0) throw new DamoException("the file is empty; allowed is a record as damo writes it, zlib JSON, JSON or perf-script text");
        throw new DamoException("the content is neither zlib JSON nor JSON nor perf-script text");
    }

    /// <summary>Turns whatever reading can throw into the one clean error.</summary>
    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DamoException e)
        {
            throw new DamoException($"{_name}: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new DamoException($"{_name}: no valid JSON at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}{(_isPacked ? " of the unpacked text" : "")}", e);
        }
        catch (InvalidDataException e)
        {
            throw new DamoException($"{_name}: the zlib data is damaged", e);
        }
        catch (InvalidOperationException e)
        {
            throw new DamoException($"{_name}: no valid JSON: it holds text that is no Unicode", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DamoException($"{_name}: the file cannot be read: {e.Message}", e);
        }
    }
}
