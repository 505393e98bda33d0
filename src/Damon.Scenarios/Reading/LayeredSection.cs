using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;

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

    public LayeredSection(HoconSection? given, HoconSection reference, KeyLog? log)
    {
        _given = given;
        _reference = reference;
        _log = log;
    }

    /// <summary>Whether the file itself sets the key.</summary>
    public bool IsGiven(string key) => _given?.Has(key) ?? false;

    /// <summary>The value that the file sets, for messages about it; null when the reference's holds.</summary>
    public HoconCursor? Given(string key) => _given?.Find(key);

    /// <summary>Reports something about a key: at its value when the file sets it, else at the section.</summary>
    /// <param name="key">The key.</param>
    /// <param name="allowed">What is allowed.</param>
    public void Refuse(string key, string allowed)
    {
        if (Given(key) is { } cursor) cursor.Refuse(allowed);
        else _given?.Refuse($"{key} is not set, allowed: {allowed}");
    }

    /// <summary>The same object of the file over another object of the reference, which adds keys to it.</summary>
    public LayeredSection Over(HoconSection reference) => new(_given, reference, _log);

    /// <summary>A duration in microseconds.</summary>
    public ulong DurationUs(string key, long minUs, long maxUs) => DurationUsOrNull(key, minUs, maxUs) ?? Missing(key, "a duration", 0UL);

    /// <summary>A duration in microseconds, or nothing.</summary>
    public ulong? DurationUsOrNull(string key, long minUs, long maxUs)
    {
        HoconRange<long> range = new(minUs * 1000, maxUs * 1000);
        if (Find(key, "duration", $"{HoconDuration.Format(range.Min)}..{HoconDuration.Format(range.Max)}") is not { } cursor) return null;
        long ns = cursor.AsDuration(range);
        if (ns % 1000 != 0) cursor.Refuse("a whole number of microseconds");
        return (ulong)(ns / 1000);
    }

    /// <summary>A duration in nanoseconds.</summary>
    public long DurationNs(string key, long maxNs)
    {
        HoconRange<long> range = new(0, maxNs);
        return Find(key, "duration", $"0 ns..{HoconDuration.Format(maxNs)}")?.AsDuration(range) ?? Missing(key, "a duration", 0L);
    }

    /// <summary>A duration in nanoseconds, or nothing.</summary>
    public long? DurationNsOrNull(string key, long minNs, long maxNs) =>
        Find(key, "duration", $"{HoconDuration.Format(minNs)}..{HoconDuration.Format(maxNs)}")?.AsDuration(new HoconRange<long>(minNs, maxNs));

    /// <summary>A size in bytes.</summary>
    public ulong Size(string key, ulong min, ulong max) => SizeOrNull(key, min, max) ?? Missing(key, "a size", min);

    /// <summary>A size in bytes, or nothing.</summary>
    public ulong? SizeOrNull(string key, ulong min, ulong max) =>
        Find(key, "size", $"{HoconSize.Format(min)}..{HoconSize.Format(max)}")?.AsBytes(new HoconRange<ulong>(min, max));

    /// <summary>A whole number, or nothing.</summary>
    public ulong? CountOrNull(string key, ulong min, ulong max) =>
        Find(key, "whole number", Invariant($"{min}..{max}"))?.AsULong(new HoconRange<ulong>(min, max));

    /// <summary>A whole number.</summary>
    public ulong Count(string key, ulong min, ulong max) =>
        Find(key, "whole number", Invariant($"{min}..{max}"))?.AsULong(new HoconRange<ulong>(min, max)) ?? Missing(key, "a whole number", min);

    /// <summary>Whole numbers.</summary>
    public ImmutableArray<ulong> Counts(string key, ulong min, ulong max)
    {
        HoconCursor? list = Find(key, "list of whole numbers", Invariant($"{min}..{max}"));
        return [.. (list?.AsItems() ?? []).Select(item => item.AsULong(new HoconRange<ulong>(min, max)))];
    }

    /// <summary>A number.</summary>
    public double Number(string key, double min, double max) =>
        Find(key, "number", Invariant($"{min}..{max}"))?.AsDouble(new HoconRange<double>(min, max)) ?? Missing(key, "a number", min);

    /// <summary>A share in basis points.</summary>
    public ulong BasisPoints(string key, long min, long max) =>
        (ulong)(Find(key, "ratio", $"{HoconRatio.Format(min)}..{HoconRatio.Format(max)}")?.AsBasisPoints(new HoconRange<long>(min, max))
            ?? Missing(key, HoconRatio.Allowed, min));

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
        if (Find(key, "one of", string.Join(", ", words)) is not { } cursor) return null;
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
        return new LayeredSection(_given?.FindSection(key), _reference.GetSection(key), _log);
    }

    /// <summary>An object of which there is one or none, over the same object of the reference.</summary>
    public LayeredSection? One(string key, EachSections each, string name) =>
        Find(key, "object", null) is { } cursor ? new LayeredSection(cursor.AsSection(), each[name], _log) : null;

    /// <summary>The objects of an array, each over the same object of the reference.</summary>
    public IReadOnlyList<LayeredSection> Items(string key, EachSections each, string name)
    {
        HoconCursor? list = Find(key, "list", null);
        return [.. (list?.AsItems() ?? []).Select(item => new LayeredSection(item.AsSection(), each[name], _log))];
    }

    /// <summary>The entries of an object whose keys are names, each over the same object of the reference.</summary>
    public IReadOnlyList<(string Name, LayeredSection Section)> Entries(string key, EachSections each, string name)
    {
        HoconCursor? entries = Find(key, "object of named objects", null);
        if (entries is null) return [];
        return [.. entries.AsSection().Entries().Select(entry => (entry.Key, new LayeredSection(entry.Value.AsSection(), each[name], _log)))];
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

    private HoconCursor? Find(string key, string type, string? range)
    {
        Note(key, type, range);
        HoconCursor? fallback = _reference.Find(key);
        return _given?.Find(key) ?? fallback;
    }

    private void Note(string key, string type, string? range)
    {
        if (!_reference.Object.ContainsKey(key))
            throw new InvalidOperationException($"reference.conf has no {_reference.Path}.{key}, which the reader asks for");
        _log?.Add(_reference.Path.Length == 0 ? key : $"{_reference.Path}.{key}", type, range);
    }

    private T Missing<T>(string key, string wanted, T stand)
    {
        _given?.Refuse($"{key} is not set, but needed: {wanted}");
        return stand;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
