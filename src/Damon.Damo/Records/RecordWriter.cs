using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Damon.Damo.Records;

/// <summary>
/// Writes a file of damo records as zlib JSON while snapshots come (records spec sections 1 to 3). The first record goes straight
/// to the file; the snapshots of others wait in compressed files beside it, as a record's snapshots must stand together. Nothing
/// is kept in memory, and the file gets its name only when <see cref="Complete"/> finds it whole.
/// </summary>
public sealed class RecordWriter : IRecordSink, IDisposable
{
    /// <summary>Snapshots that damo's <c>report wss</c> and <c>report nr_regions</c> skip at the start.</summary>
    public const int SnapshotsSkippedByReports = 20;

    private static readonly JsonWriterOptions _fragment = new() { SkipValidation = true };

    private readonly string _path;
    private readonly List<RecordPart> _parts = [];
    private readonly Dictionary<RecordKey, RecordPart> _byKey = [];
    private bool _isComplete;

    /// <summary>Starts a file.</summary>
    /// <param name="path">The file; replaced when complete.</param>
    public RecordWriter(string path) => _path = path;

    /// <summary>Adds a snapshot to the record of its header's key; the first header of a key counts.</summary>
    /// <param name="header">What the snapshot is of.</param>
    /// <param name="snapshot">The snapshot; not before the record's last one.</param>
    /// <exception cref="DamoException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The file is complete, or the snapshot comes too late.</exception>
    public void Append(RecordHeader header, AccessSnapshot snapshot)
    {
        if (_isComplete) throw new InvalidOperationException($"the record '{_path}' is complete");
        Guarded(() => Part(header).Append(snapshot));
    }

    /// <summary>Ends the file and gives it its name.</summary>
    /// <returns>Notices for the person who wants damo's reports of it.</returns>
    /// <exception cref="DamoException">The file cannot be written.</exception>
    public IReadOnlyList<string> Complete()
    {
        if (_isComplete) throw new InvalidOperationException($"the record '{_path}' is complete");
        Guarded(Assemble);
        _isComplete = true;
        return [.. _parts.Where(part => part.NrSnapshots <= SnapshotsSkippedByReports).Select(part =>
            $"{_path}: the record of {Describe(part.Header.Key)} has {part.NrSnapshots} snapshots; damo's 'report wss' and 'report nr_regions' skip the first "
            + $"{SnapshotsSkippedByReports}, so record more or give 'report wss' --exclude_samples 0")];
    }

    /// <summary>Ends; an incomplete file is removed.</summary>
    public void Dispose()
    {
        foreach (RecordPart part in _parts) part.Dispose();
    }

    private RecordPart Part(RecordHeader header)
    {
        if (_byKey.TryGetValue(header.Key, out RecordPart? part)) return part;
        part = new RecordPart(header, $"{_path}.part{_parts.Count}");
        _parts.Add(part);
        _byKey.Add(header.Key, part);
        if (_parts.Count == 1) part.WriteRaw("["u8);
        part.WriteStart();
        return part;
    }

    /// <summary>Appends the waiting records to the first, which then becomes the file.</summary>
    private void Assemble()
    {
        if (_parts.Count == 0)
        {
            using var empty = new ZLibStream(File.Create(_path), CompressionLevel.Optimal);
            empty.Write("[]"u8);
            return;
        }

        RecordPart first = _parts[0];
        first.WriteRaw("]}"u8);
        foreach (RecordPart part in _parts.Skip(1))
        {
            part.WriteRaw("]}"u8);
            first.WriteRaw(",\n"u8);
            part.MoveTo(first);
        }

        first.WriteRaw("]\n"u8);
        first.Rename(_path);
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DamoException($"the record '{_path}' cannot be written: {e.Message}", e);
        }
    }

    private static string Describe(RecordKey key) => key.TargetId is { } target
        ? $"target {target}"
        : $"kdamond {key.KdamondIndex}, context {key.ContextIndex}, scheme {key.SchemeIndex}";

    /// <summary>One record on its way into the file.</summary>
    private sealed class RecordPart : IDisposable
    {
        private readonly string _path;
        private readonly ZLibStream _packed;
        private readonly ArrayBufferWriter<byte> _text = new();
        private readonly Utf8JsonWriter _json;
        private long _endNs = long.MinValue;

        internal RecordPart(RecordHeader header, string path)
        {
            (Header, _path) = (header, path);
            _packed = new(File.Create(path), CompressionLevel.Optimal);
            _json = new(_text, _fragment);
        }

        internal RecordHeader Header { get; }

        internal int NrSnapshots { get; private set; }

        /// <summary>Writes the record up to its open list of snapshots.</summary>
        internal void WriteStart()
        {
            _json.WriteStartObject();
            SnapshotJson.Write(_json, Header);
            _json.WriteStartArray("snapshots");
            Pack();
        }

        internal void Append(AccessSnapshot snapshot)
        {
            if (snapshot.EndNs < _endNs) throw new InvalidOperationException($"a snapshot that ends at {snapshot.EndNs} ns comes after one that ends at {_endNs} ns");
            _endNs = snapshot.EndNs;
            NrSnapshots++;
            SnapshotJson.Write(_json, snapshot);
            Pack();
        }

        internal void WriteRaw(ReadOnlySpan<byte> bytes) => _packed.Write(bytes);

        /// <summary>Packs the text so far, without a flush that would cost compression.</summary>
        private void Pack()
        {
            _json.Flush();
            _packed.Write(_text.WrittenSpan);
            _text.ResetWrittenCount();
        }

        internal void MoveTo(RecordPart other)
        {
            _packed.Dispose();
            using (var unpacked = new ZLibStream(File.OpenRead(_path), CompressionMode.Decompress)) unpacked.CopyTo(other._packed);
            File.Delete(_path);
        }

        internal void Rename(string path)
        {
            _packed.Dispose();
            File.Move(_path, path, overwrite: true);
        }

        public void Dispose()
        {
            _json.Dispose();
            _packed.Dispose();
            if (File.Exists(_path)) File.Delete(_path);
        }
    }
}
