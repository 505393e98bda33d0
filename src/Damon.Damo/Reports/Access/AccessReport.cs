using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary><c>report access</c>: snapshots one by one, in a style (console spec sections 1 to 11 and 21).</summary>
internal sealed class AccessReport
{
    /// <summary>Its options.</summary>
    internal static readonly ReportOption[] Options =
    [
        new("input_file", 1), new("input", 1), new("snapshot_idx", 2), new("style", 1), new("total_sz_only", 0), new("raw_form", 0), new("json", 0), new("raw_number", 0),
        new("format", 3, int.MaxValue), new("tried_regions_of", 3), .. RegionSelection.Options,
    ];

    private readonly IRecordSource _source;
    private readonly TextWriter _output;
    private readonly ReportArguments _arguments;
    private readonly RegionSelection _selection;
    private readonly AccessKeywords _keywords;
    private readonly string _style;
    private readonly bool _raw;
    private readonly bool _isRunning;

    private AccessReport(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        (_arguments, _output) = (arguments, output);
        _raw = arguments.Has("raw_number");
        _keywords = new(_raw);
        _style = AccessStyle.Resolve(arguments.Choice("style", AccessStyle.Detailed, AccessStyle.Names));
        _selection = new(arguments, _style);
        string? path = arguments.Word("input_file") ?? arguments.Word("input");
        int[]? tried = arguments.Integers("tried_regions_of");
        _isRunning = tried is not null && path is null && input.Running is not null;
        _source = _isRunning ? TriedRegions.Of(input.Running!, tried!) : Select(input.Record(path), tried);
    }

    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        var report = new AccessReport(arguments, input, output);
        if (report._arguments.Has("json")) report.WriteJson();
        else if (report._arguments.Has("raw_form")) report.WriteRawForm();
        else report.WriteStyle();
    }

    private IRecordSource Select(IRecordSource source, int[]? tried)
    {
        if (tried is not null)
        {
            source = new SelectedRecords(source, record => record.Header.Key is var key
                && key.KdamondIndex == tried[0] && key.ContextIndex == tried[1] && key.SchemeIndex == tried[2]);
            if (source.Records.Count == 0) throw new DamoException($"--tried_regions_of: no record is of kdamond {tried[0]}, context {tried[1]}, scheme {tried[2]}");
        }

        if (_arguments.Integers("snapshot_idx") is not [int first, int last]) return source;
        var selected = new SelectedRecords(source, _ => true, (record, index) => index >= At(first, record) && index <= At(last, record));
        return selected.Records.Any(record => record.NrSnapshots > 0)
            ? selected
            : throw new DamoException($"--snapshot_idx: no record has snapshots {first} to {last}; "
                + $"the longest has {source.Records.Max(record => (int?)record.NrSnapshots) ?? 0}");

        static int At(int index, RecordSummary record) => index < 0 ? index + record.NrSnapshots : index;
    }

    private void WriteRawForm()
    {
        int last = -1;
        foreach (RecordedSnapshot snapshot in _source.Snapshots())
        {
            RecordSummary record = _source.Records[snapshot.RecordIndex];
            if (snapshot.RecordIndex != last) RawForm.WriteHead(record, _output, _raw);
            last = snapshot.RecordIndex;
            RawForm.Write(record, snapshot.Snapshot, _output, _raw);
        }
    }

    private void WriteJson()
    {
        using var json = new RecordJson(_output);
        int last = -1;
        foreach (RecordedSnapshot snapshot in _source.Snapshots())
        {
            RecordHeader header = _source.Records[snapshot.RecordIndex].Header;
            if (snapshot.RecordIndex != last) json.Begin(header);
            last = snapshot.RecordIndex;
            json.Write(_selection.Select(header.Intervals, snapshot.Snapshot));
        }

        json.End();
    }

    private void WriteStyle()
    {
        if (_source.Records.Any(record => record.Header.Intervals is null))
            throw new DamoException("some records lack the intervals information; allowed without it is --raw_form, and report heatmap");
        int last = -1;
        AccessFormat format = null!;
        foreach (RecordedSnapshot snapshot in _source.Snapshots())
        {
            RecordSummary record = _source.Records[snapshot.RecordIndex];
            if (snapshot.RecordIndex != last)
            {
                WriteTail(last, format);
                format = Format(record, snapshot.Snapshot.NrProbes > 0);
                _output.Write(AccessFormat.Fill(format.RecordHead, _keywords.Record, record));
                last = snapshot.RecordIndex;
            }

            WriteSnapshot(record, format, _selection.Select(record.Header.Intervals, snapshot.Snapshot));
        }

        WriteTail(last, format);
    }

    private AccessFormat Format(RecordSummary record, bool hasProbes)
    {
        AccessFormat format = AccessStyle.Templates(_style, record, _source.Records.Count, hasProbes, _isRunning);
        if (_arguments.Has("total_sz_only")) format = format with { RecordHead = "", SnapshotHead = "", Region = "", SnapshotTail = "<total size>" };
        foreach (ReportOptionUse use in _arguments.Uses("format")) format = format.Change(use.Words);
        return format;
    }

    private void WriteTail(int record, AccessFormat format)
    {
        if (record >= 0) _output.Write(AccessFormat.Fill(format.RecordTail, _keywords.Record, _source.Records[record]));
    }

    private void WriteSnapshot(RecordSummary record, AccessFormat format, AccessSnapshot snapshot)
    {
        var measures = new SnapshotMeasures(record.Header.Intervals!, snapshot);
        var view = new SnapshotView(record, measures);
        _output.Write(AccessFormat.Fill(format.SnapshotHead, _keywords.Snapshot, view));
        if (format.Region.Length > 0)
        {
            var box = new AccessBox(measures);
            foreach (int index in _selection.Order(measures)) _output.Write(AccessFormat.Fill(format.Region, _keywords.Region, new(measures, index, box)));
        }

        if (!_arguments.Has("total_sz_only")) _output.Write(AccessStyle.Tables(_style, record.Header, measures, _raw));
        _output.Write(AccessFormat.Fill(format.SnapshotTail, _keywords.Snapshot, view));
    }
}
