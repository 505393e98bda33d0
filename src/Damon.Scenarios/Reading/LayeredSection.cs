using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;
using Damon.Scenarios.Reading.Draws;

namespace Damon.Scenarios.Reading;

/// <summary>
/// An object of a scenario with the same object of reference.conf below it: what the file does not say, the reference
/// does. No default stands anywhere else, and a key that the reference lacks cannot be read.
/// </summary>
internal sealed class LayeredSection
{
    private static readonly HoconRange<long> s_anyLong = new(long.MinValue, long.MaxValue);

    private readonly HoconSection? _given;
    private readonly HoconSection _reference;
    private readonly KeyLog? _log;
    private readonly HostDraws? _draws;
    private readonly Dictionary<string, HoconCursor> _drawn = [];

    public LayeredSection(HoconSection? given, HoconSection reference, KeyLog? log, HostDraws? draws = null)
    {
        _given = given;
        _reference = reference;
        _log = log;
        _draws = draws;
    }

    /// <summary>Whether the file itself sets the key.</summary>
    public bool IsGiven(string key) => _given?.Has(key) ?? false;

    /// <summary>The value that the file sets, for messages about it; null when the reference's holds.</summary>
    public HoconCursor? Given(string key) => _drawn.GetValueOrDefault(key) ?? _given?.Find(key);

    /// <summary>Reports something about a key: at its value when the file sets it, else at the section.</summary>
    /// <param name="key">The key.</param>
    /// <param name="allowed">What is allowed.</param>
    public void Refuse(string key, string allowed)
    {
        if (Given(key) is { } cursor) cursor.Refuse(allowed);
        else _given?.Refuse($"{key} is not set, allowed: {allowed}{Misspelt(key)}");
    }

    /// <summary>The same object of the file over another object of the reference, which adds keys to it.</summary>
    public LayeredSection Over(HoconSection reference) => new(_given, reference, _log, _draws);

    /// <summary>The same object, with values drawn for a host.</summary>
    public LayeredSection With(HostDraws draws) => new(_given, _reference, _log, draws);

    /// <summary>A duration in microseconds.</summary>
    public ulong DurationUs(string key, long minUs, long maxUs) => DurationUsOrNull(key, minUs, maxUs) ?? Missing(key, "a duration", 0UL);

    /// <summary>A duration in microseconds, or nothing.</summary>
    public ulong? DurationUsOrNull(string key, long minUs, long maxUs)
    {
        HoconRange<long> range = new(minUs * 1000, maxUs * 1000);
        if (Find(key, "duration", () => $"{HoconDuration.Format(range.Min)}..{HoconDuration.Format(range.Max)}", DrawnType.Duration(range, 1000)) is not { } cursor)
            return null;
        long ns = cursor.AsDuration(range);
        if (ns % 1000 != 0) cursor.Refuse("a whole number of microseconds");
        return (ulong)(ns / 1000);
    }

    /// <summary>A duration in nanoseconds.</summary>
    public long DurationNs(string key, long maxNs)
    {
        HoconRange<long> range = new(0, maxNs);
        return Find(key, "duration", () => $"0 ns..{HoconDuration.Format(maxNs)}", DrawnType.Duration(range, 1))?.AsDuration(range)
            ?? Missing(key, "a duration", 0L);
    }

    /// <summary>A duration in nanoseconds, or nothing.</summary>
    public long? DurationNsOrNull(string key, long minNs, long maxNs)
    {
        HoconRange<long> range = new(minNs, maxNs);
        return Find(key, "duration", () => $"{HoconDuration.Format(minNs)}..{HoconDuration.Format(maxNs)}", DrawnType.Duration(range, 1))?.AsDuration(range);
    }

    /// <summary>A size in bytes.</summary>
    public ulong Size(string key, ulong min, ulong max) => SizeOrNull(key, min, max) ?? Missing(key, "a size", min);

    /// <summary>A size in bytes, or nothing.</summary>
    public ulong? SizeOrNull(string key, ulong min, ulong max)
    {
        HoconRange<ulong> range = new(min, max);
        return Find(key, "size", () => $"{HoconSize.Format(min)}..{HoconSize.Format(max)}", DrawnType.Size(range))?.AsBytes(range);
    }

    /// <summary>A whole number, or nothing.</summary>
    public ulong? CountOrNull(string key, ulong min, ulong max)
    {
        HoconRange<ulong> range = new(min, max);
        return Find(key, "whole number", () => Invariant($"{min}..{max}"), DrawnType.Count(range))?.AsULong(range);
    }

    /// <summary>A whole number.</summary>
    public ulong Count(string key, ulong min, ulong max) => CountOrNull(key, min, max) ?? Missing(key, "a whole number", min);

    /// <summary>Whole numbers.</summary>
    public ImmutableArray<ulong> Counts(string key, ulong min, ulong max)
    {
        HoconCursor? list = Find(key, "list of whole numbers", () => Invariant($"{min}..{max}"));
        return [.. (list?.AsItems() ?? []).Select(item => item.AsULong(new HoconRange<ulong>(min, max)))];
    }

    /// <summary>A number.</summary>
    public double Number(string key, double min, double max)
    {
        HoconRange<double> range = new(min, max);
        return Find(key, "number", () => Invariant($"{min}..{max}"), DrawnType.Number(range))?.AsDouble(range) ?? Missing(key, "a number", min);
    }

    /// <summary>Numbers.</summary>
    public ImmutableArray<double> Numbers(string key, double min, double max)
    {
        HoconCursor? list = Find(key, "list of numbers", () => Invariant($"{min}..{max}"));
        return [.. (list?.AsItems() ?? []).Select(item => item.AsDouble(new HoconRange<double>(min, max)))];
    }

    /// <summary>A share in basis points.</summary>
    public ulong BasisPoints(string key, long min, long max)
    {
        HoconRange<long> range = new(min, max);
        HoconCursor? cursor = Find(key, "ratio", () => $"{HoconRatio.Format(min)}..{HoconRatio.Format(max)}", DrawnType.Ratio(range));
        return (ulong)(cursor?.AsBasisPoints(range) ?? Missing(key, HoconRatio.Allowed, min));
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key) => Find(key, "on or off", null)?.AsBoolean() ?? Missing(key, "on or off", false);

    /// <summary>A text, or nothing.</summary>
    public string? TextOrNull(string key) => Find(key, "text", null)?.AsString();

    /// <summary>A text.</summary>
    public string Text(string key) => TextOrNull(key) ?? Missing(key, "a text", "");

    /// <summary>The name of a file, or nothing.</summary>
    public HoconCursor? FileOrNull(string key) => Find(key, "file", null);

    /// <summary>One of a few words.</summary>
    public string Choice(string key, params string[] words) =>
        ChoiceOrNull(key, words) ?? Missing(key, $"one of {string.Join(", ", words)}", words[0]);

    /// <summary>One of a few words, or nothing.</summary>
    public string? ChoiceOrNull(string key, params string[] words)
    {
        if (Find(key, "one of", () => string.Join(", ", words)) is not { } cursor) return null;
        string chosen = cursor.AsChoice(words);
        return words.Contains(chosen) ? chosen : words[0];
    }

    /// <summary>The number of a node, checked against how many there are.</summary>
    public int Node(string key, int nrNodes) => NodeOf(Find(key, "node", null), nrNodes) ?? Missing(key, "the number of a node", 0);

    /// <summary>The number of a node, or the word none.</summary>
    public int? NodeOrNone(string key, int nrNodes)
    {
        HoconCursor? cursor = Find(key, "node or none", null);
        return cursor?.Value is HoconString { Value: "none" } ? null : NodeOf(cursor, nrNodes);
    }

    /// <summary>An object whose keys the reference knows.</summary>
    public LayeredSection Section(string key)
    {
        HoconCursor? given = _given?.Find(key) is { } cursor ? Chosen(key, cursor) : null;
        return new LayeredSection(given?.AsSection(), _reference.GetSection(key), _log, _draws);
    }

    /// <summary>An object of which there is one or none, over the same object of the reference.</summary>
    public LayeredSection? One(string key, EachSections each, string name) =>
        Find(key, "object", null) is { } cursor ? new LayeredSection(cursor.AsSection(), each[name], _log, _draws) : null;

    /// <summary>The objects of an array, each over the same object of the reference.</summary>
    public IReadOnlyList<LayeredSection> Items(string key, EachSections each, string name)
    {
        HoconCursor? list = Find(key, "list", null);
        return [.. (list?.AsItems() ?? []).Select(item => Of(item, each, name))];
    }

    /// <summary>The entries of an object whose keys are names, each over the same object of the reference.</summary>
    public IReadOnlyList<(string Name, LayeredSection Section)> Entries(string key, EachSections each, string name)
    {
        HoconCursor? entries = Find(key, "object of named objects", null);
        if (entries is null) return [];
        return [.. entries.AsSection().Entries().Select(entry => (entry.Key, Of(entry.Value, each, name)))];
    }

    /// <summary>A value of any shape, or nothing.</summary>
    public HoconCursor? Any(string key, string type) => Find(key, type, null);

    private static int? NodeOf(HoconCursor? cursor, int nrNodes)
    {
        if (cursor is null) return null;
        long node = cursor.AsLong(s_anyLong);
        if (node >= 0 && node < nrNodes) return (int)node;
        string range = nrNodes > 1 ? Invariant($"0..{nrNodes - 1}") : "0";
        cursor.Refuse($"a node of the machine, {range}");
        return 0;
    }

    /// <summary>Looks a key up; where values are drawn for a host, a draw has made way for what it drew.</summary>
    private HoconCursor? Find(string key, string type, Func<string>? range, DrawnType? drawn = null)
    {
        Note(key, type, range);
        HoconCursor? fallback = _reference.Find(key);
        if (_given?.Find(key) is not { } given) return fallback;
        return Chosen(key, given, drawn);
    }

    private HoconCursor Chosen(string key, HoconCursor given, DrawnType? type = null)
    {
        if (!HostDraws.IsDraw(given)) return given;
        if (_draws is null)
        {
            given.Refuse("a value: only what a host consists of can be drawn");
            return type is null ? given : given.Instead(type.Write(type.Min), given.Path);
        }

        HoconCursor chosen = _draws.Chosen(given);
        return _drawn[key] = type is null ? chosen : _draws.Drawn(chosen, type);
    }

    private LayeredSection Of(HoconCursor cursor, EachSections each, string name) =>
        new((_draws?.Chosen(cursor) ?? cursor).AsSection(), each[name], _log, _draws);

    private void Note(string key, string type, Func<string>? range)
    {
        if (!_reference.Object.ContainsKey(key))
            throw new InvalidOperationException($"reference.conf has no {_reference.Path}.{key}, which the reader asks for");
        _log?.Add(_reference.Path.Length == 0 ? key : $"{_reference.Path}.{key}", type, range?.Invoke());
    }

    private T Missing<T>(string key, string wanted, T stand)
    {
        _given?.Refuse($"{key} is not set, but needed: {wanted}{Misspelt(key)}");
        return stand;
    }

    /// <summary>Asks after a key of the file that nobody knows and that looks like the one that is missing.</summary>
    private string Misspelt(string key) =>
        NearestName.Find(key, _given!.Object.Keys.Where(name => !_reference.Object.ContainsKey(name))) is { } found ? $"; is '{found}' meant to be it?" : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
