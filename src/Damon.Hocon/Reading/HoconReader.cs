namespace Damon.Hocon.Reading;

/// <summary>
/// Reads a whole document into something else and reports everything that is wrong with it at once: wrong
/// values, missing keys, and keys that nobody asked for.
/// </summary>
/// <remarks>
/// While errors are collected, a getter that found one gives a default (zero, an empty text, an empty list)
/// so that reading can go on; what was read is thrown away in the end.
/// </remarks>
public sealed class HoconReader
{
    private readonly List<HoconException> _errors = [];
    private readonly HashSet<string> _reported = [];
    private readonly OrderedDictionary<string, HoconSection> _sections = [];

    private HoconReader()
    {
    }

    /// <summary>Reads a document.</summary>
    /// <param name="root">The resolved document.</param>
    /// <param name="read">Builds the result; may throw <see cref="HoconException"/> for what cannot go on.</param>
    /// <exception cref="HoconException">All that is wrong, one sentence a line; see <see cref="HoconException.All"/>.</exception>
    public static T Read<T>(HoconObject root, Func<HoconSection, T> read)
    {
        HoconReader reader = new();
        T result;
        try
        {
            result = read(reader.Open(root, ""));
        }
        catch (HoconException error)
        {
            reader._errors.AddRange(error.All);
            throw reader.Failure();
        }
        catch (Exception) when (reader._errors.Count > 0)
        {
            // The defaults that stand for wrong values can break rules further on; the cause is what counts.
            throw reader.Failure();
        }

        foreach (HoconSection section in reader._sections.Values) section.ReportUnknownKeys();
        return reader._errors.Count == 0 ? result : throw reader.Failure();
    }

    /// <summary>The section at a path; the same one again when it is opened twice, so that it knows all keys asked for.</summary>
    internal HoconSection Open(HoconObject fields, string path)
    {
        if (!_sections.TryGetValue(path, out HoconSection? section))
        {
            section = new HoconSection(this, fields, path);
            _sections.Add(path, section);
        }

        return section;
    }

    /// <summary>Reports an error, once however often it is found.</summary>
    internal void Report(HoconErrorKind kind, HoconOrigin origin, string path, string problem)
    {
        HoconException error = new(kind, origin, path.Length == 0 ? problem : $"{path}: {problem}");
        if (_reported.Add(error.Message)) _errors.Add(error);
    }

    private HoconException Failure() => _errors.Count == 1 ? _errors[0] : new HoconException(_errors);
}
