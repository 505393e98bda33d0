using System.Text.Json;

namespace Damon.Damo.Records;

/// <summary>
/// Walks over the JSON form (records spec section 3). Keys may come in any order, so a record's header is only complete behind its
/// snapshots: the second walk over a file is given the headers of the first.
/// </summary>
/// <param name="stream">The JSON text.</param>
/// <param name="known">Headers of an earlier walk, or null in the first.</param>
internal sealed class JsonRecordParser(Stream stream, IReadOnlyList<RecordHeader>? known) : ISnapshotParser
{
    private enum Place
    {
        Start,
        Records,
        Record,
        Snapshots,
        End,
    }

    private readonly JsonStream _json = new(stream);
    private readonly SnapshotReader _snapshots = new();
    private readonly List<RecordHeader> _headers = [];
    private RecordHeaderReader _header = new();
    private Place _place;

    public IReadOnlyList<RecordHeader> Headers => _headers;

    public bool TryNext(out int recordIndex, out AccessSnapshot snapshot)
    {
        var cursor = new JsonCursor(_json);
        AccessSnapshot? found = null;
        recordIndex = 0;
        while (found is null && _place != Place.End)
        {
            switch (_place)
            {
                case Place.Start:
                    cursor.Read();
                    cursor.Expect(JsonTokenType.StartArray, "the file", "a list of records");
                    _place = Place.Records;
                    break;
                case Place.Records:
                    NextRecord(ref cursor);
                    break;
                case Place.Record:
                    NextKey(ref cursor);
                    break;
                default:
                    recordIndex = _headers.Count;
                    found = NextSnapshot(ref cursor);
                    break;
            }
        }

        cursor.Leave();
        snapshot = found!;
        return found is not null;
    }

    public void Dispose() => _json.Dispose();

    private void NextRecord(ref JsonCursor cursor)
    {
        cursor.Read();
        if (cursor.Token == JsonTokenType.EndArray)
        {
            cursor.End();
            _place = Place.End;
            return;
        }

        cursor.Expect(JsonTokenType.StartObject, "the file", "a list of records, which are objects");
        _header = new();
        _place = Place.Record;
    }

    private void NextKey(ref JsonCursor cursor)
    {
        if (!cursor.ReadKey())
        {
            if (_headers.Count == RecordFile.RecordsMax) throw new DamoException($"more than {RecordFile.RecordsMax} records");
            RecordHeader header = _header.Build(_headers.Count);
            // Polled files repeat one header for every snapshot: keep it once.
            _headers.Add(_headers.Count > 0 && _headers[^1] == header ? _headers[^1] : header);
            _place = Place.Records;
        }
        else if (cursor.IsKey("snapshots"u8))
        {
            cursor.Read();
            cursor.Expect(JsonTokenType.StartArray, "snapshots", "a list");
            _header.HasSnapshots = true;
            _place = Place.Snapshots;
        }
        else
        {
            _header.ReadKey(ref cursor);
        }
    }

    private AccessSnapshot? NextSnapshot(ref JsonCursor cursor)
    {
        cursor.Read();
        if (cursor.Token != JsonTokenType.EndArray) return _snapshots.Read(ref cursor, known?[_headers.Count]);
        _place = Place.Record;
        return null;
    }
}
