namespace Damon.Scenarios.Reading;

/// <summary>Which keys of reference.conf a reading asked for, and as what: what a test holds the reference's comments against.</summary>
internal sealed class KeyLog
{
    private readonly SortedDictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <summary>By path, the type and range as the reference's comment must give them.</summary>
    public IReadOnlyDictionary<string, string> Keys => _keys;

    public void Add(string path, string type, string? range)
    {
        string said = range is null ? type : $"{type}, {range}";
        if (_keys.TryGetValue(path, out string? before) && before != said)
            throw new InvalidOperationException($"{path} is read as {before} and as {said}");
        _keys[path] = said;
    }
}
