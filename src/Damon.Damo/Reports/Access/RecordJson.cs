using System.Text;
using System.Text.Json;
using Damon.Damo.Records;

namespace Damon.Damo.Reports.Access;

/// <summary>Records as the JSON that record files hold (records spec section 3), readable, snapshot by snapshot.</summary>
internal sealed class RecordJson : IDisposable
{
    private const int MostPending = 1 << 16;

    private readonly TextWriter _output;
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _json;
    private bool _isOpen;

    internal RecordJson(TextWriter output)
    {
        _output = output;
        _json = new(_bytes, new JsonWriterOptions { Indented = true, IndentSize = 4, NewLine = "\n" });
        _json.WriteStartArray();
    }

    /// <summary>Begins a record.</summary>
    internal void Begin(RecordHeader header)
    {
        Close();
        _json.WriteStartObject();
        SnapshotJson.Write(_json, header);
        _json.WriteStartArray("snapshots");
        _isOpen = true;
    }

    /// <summary>Adds a snapshot to the record that was begun last.</summary>
    internal void Write(AccessSnapshot snapshot)
    {
        SnapshotJson.Write(_json, snapshot);
        if (_json.BytesPending + _bytes.Length > MostPending) Print();
    }

    /// <summary>Ends the last record and the list.</summary>
    internal void End()
    {
        Close();
        _json.WriteEndArray();
        Print();
        _output.Write('\n');
    }

    public void Dispose()
    {
        _json.Dispose();
        _bytes.Dispose();
    }

    private void Close()
    {
        if (!_isOpen) return;
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Print()
    {
        _json.Flush();
        _output.Write(Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length));
        _bytes.SetLength(0);
    }
}
