namespace Damon.Hocon.Reading;

/// <summary>
/// An object of a document whose keys are read one by one. A key that nobody asked for is an error in the
/// end. Keys are single names, not paths. A key set to null counts as not set.
/// </summary>
public sealed class HoconSection
{
    private const int KeysShownMax = 12;

    private readonly HoconReader _reader;
    private readonly List<string> _asked = [];
    private readonly Dictionary<string, HoconCursor?> _found = [];
    private bool _open;

    internal HoconSection(HoconReader reader, HoconObject fields, string path)
    {
        _reader = reader;
        Object = fields;
        Path = path;
    }

    /// <summary>The object.</summary>
    public HoconObject Object { get; }

    /// <summary>Its path from the root; empty for the root.</summary>
    public string Path { get; }

    /// <summary>Whether the key is set to something other than null.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a key; null when it is not set.</summary>
    public HoconCursor? Find(string key)
    {
        if (_found.TryGetValue(key, out HoconCursor? found)) return found;
        if (Object.TryGetValue(key, out HoconValue? value) && value is not HoconNull) found = new HoconCursor(_reader, value, PathOf(key));
        _asked.Add(key);
        _found.Add(key, found);
        return found;
    }

    /// <summary>All keys that are set, for objects whose keys are names; none of them is unknown then.</summary>
    public IEnumerable<KeyValuePair<string, HoconCursor>> Entries()
    {
        _open = true;
        foreach (KeyValuePair<string, HoconValue> field in Object)
        {
            if (field.Value is not HoconNull) yield return new(field.Key, new HoconCursor(_reader, field.Value, PathOf(field.Key)));
        }
    }

    /// <summary>Reports something about this section as a whole.</summary>
    public void Refuse(string problem) => _reader.Report(HoconErrorKind.BadValue, Object.Origin, Path, problem);

    /// <summary>A text that must be set.</summary>
    public string GetString(string key) => Required(key, "a text")?.AsString() ?? "";

    /// <summary>A text.</summary>
    public string GetString(string key, string defaultValue) => Find(key)?.AsString() ?? defaultValue;

    /// <summary>One of a few words; the first one is the default.</summary>
    public string GetChoice(string key, params ReadOnlySpan<string> choices) =>
        Find(key) is { } found ? found.AsChoice(choices) : choices[0];

    /// <summary>A whole number that must be set.</summary>
    public long GetLong(string key, HoconRange<long>? range = null) => Required(key, "a whole number")?.AsLong(range) ?? 0;

    /// <summary>A whole number.</summary>
    public long GetLong(string key, long defaultValue, HoconRange<long>? range = null) => Find(key)?.AsLong(range) ?? defaultValue;

    /// <summary>A whole number without sign that must be set.</summary>
    public ulong GetULong(string key, HoconRange<ulong>? range = null) => Required(key, "a whole number")?.AsULong(range) ?? 0;

    /// <summary>A whole number without sign.</summary>
    public ulong GetULong(string key, ulong defaultValue, HoconRange<ulong>? range = null) => Find(key)?.AsULong(range) ?? defaultValue;

    /// <summary>A number that must be set.</summary>
    public double GetDouble(string key, HoconRange<double>? range = null) => Required(key, "a number")?.AsDouble(range) ?? 0;

    /// <summary>A number.</summary>
    public double GetDouble(string key, double defaultValue, HoconRange<double>? range = null) =>
        Find(key)?.AsDouble(range) ?? defaultValue;

    /// <summary>True or false; must be set.</summary>
    public bool GetBoolean(string key) => Required(key, "true or false")?.AsBoolean() ?? false;

    /// <summary>True or false.</summary>
    public bool GetBoolean(string key, bool defaultValue) => Find(key)?.AsBoolean() ?? defaultValue;

    /// <summary>A duration in nanoseconds that must be set.</summary>
    public long GetDuration(string key, HoconRange<long>? range = null) => Required(key, "a duration")?.AsDuration(range) ?? 0;

    /// <summary>A duration in nanoseconds.</summary>
    public long GetDuration(string key, long defaultValue, HoconRange<long>? range = null) => Find(key)?.AsDuration(range) ?? defaultValue;

    /// <summary>A size in bytes that must be set.</summary>
    public ulong GetBytes(string key, HoconRange<ulong>? range = null) => Required(key, "a size")?.AsBytes(range) ?? 0;

    /// <summary>A size in bytes.</summary>
    public ulong GetBytes(string key, ulong defaultValue, HoconRange<ulong>? range = null) => Find(key)?.AsBytes(range) ?? defaultValue;

    /// <summary>A ratio in basis points that must be set.</summary>
    public long GetBasisPoints(string key, HoconRange<long>? range = null) => Required(key, "a ratio")?.AsBasisPoints(range) ?? 0;

    /// <summary>A ratio in basis points.</summary>
    public long GetBasisPoints(string key, long defaultValue, HoconRange<long>? range = null) =>
        Find(key)?.AsBasisPoints(range) ?? defaultValue;

    /// <summary>An object that must be set.</summary>
    public HoconSection GetSection(string key) =>
        Required(key, "an object")?.AsSection() ?? new HoconSection(_reader, HoconObject.Empty(Object.Origin), PathOf(key));

    /// <summary>An object; null when it is not set.</summary>
    public HoconSection? FindSection(string key) => Find(key)?.AsSection();

    /// <summary>The elements of an array; none when it is not set.</summary>
    public IReadOnlyList<HoconCursor> GetList(string key) => Find(key)?.AsItems() ?? [];

    /// <summary>The elements of an array, each read by the same rule; none when it is not set.</summary>
    public IReadOnlyList<T> GetList<T>(string key, Func<HoconCursor, T> read) => [.. GetList(key).Select(read)];

    /// <summary>The texts of an array; none when it is not set.</summary>
    public IReadOnlyList<string> GetStrings(string key) => GetList(key, item => item.AsString());

    /// <summary>The objects of an array; none when it is not set.</summary>
    public IReadOnlyList<HoconSection> GetSections(string key) => GetList(key, item => item.AsSection());

    internal void ReportUnknownKeys()
    {
        if (_open) return;
        foreach (KeyValuePair<string, HoconValue> field in Object)
        {
            if (_asked.Contains(field.Key)) continue;
            string problem = "unknown key";
            if (NearestName.Find(field.Key, _asked) is { } nearest) problem += $", did you mean '{nearest}'?";
            else if (_asked.Count is > 0 and <= KeysShownMax) problem += $", allowed here: {string.Join(", ", _asked)}";
            _reader.Report(HoconErrorKind.BadValue, field.Value.Origin, PathOf(field.Key), problem);
        }
    }

    private HoconCursor? Required(string key, string wanted)
    {
        HoconCursor? found = Find(key);
        if (found is null) _reader.Report(HoconErrorKind.Missing, Object.Origin, PathOf(key), $"not set, but needed: {wanted}");
        return found;
    }

    private string PathOf(string key)
    {
        string element = HoconPath.Element(key);
        return Path.Length == 0 ? element : $"{Path}.{element}";
    }
}
