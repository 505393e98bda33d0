namespace Damon.Hocon;

/// <summary>
/// The one exception of this library. Its message is a sentence that starts with the place:
/// <c>scenario.conf:12:5: expected ',' or a new line after the value, found '}'</c>.
/// </summary>
public sealed class HoconException : Exception
{
    /// <summary>Creates an error at a place.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="origin">Where; a default origin leaves the place out of the message.</param>
    /// <param name="problem">The sentence without the place.</param>
    /// <param name="inner">The cause, for example an I/O error.</param>
    public HoconException(HoconErrorKind kind, HoconOrigin origin, string problem, Exception? inner = null)
        : base(origin == default ? problem : $"{origin}: {problem}", inner)
    {
        Kind = kind;
        Origin = origin;
        Problem = problem;
        All = [this];
    }

    /// <summary>Several errors as one: the first one's place and kind, everybody's sentence, one a line.</summary>
    internal HoconException(IReadOnlyList<HoconException> all)
        : base(string.Join('\n', all.Select(error => error.Message)), all[0].InnerException)
    {
        Kind = all[0].Kind;
        Origin = all[0].Origin;
        Problem = all[0].Problem;
        All = all;
    }

    /// <summary>The single errors, when several were found together; else just this one.</summary>
    public IReadOnlyList<HoconException> All { get; }

    /// <summary>What went wrong.</summary>
    public HoconErrorKind Kind { get; }

    /// <summary>Where it went wrong.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>The file, or null when the text has no name.</summary>
    public string? File => Origin.File;

    /// <summary>The line from 1, or null when the place is not in a text.</summary>
    public int? Line => Origin.Line == 0 ? null : Origin.Line;

    /// <summary>The column from 1, or null when unknown.</summary>
    public int? Column => Origin.Column == 0 ? null : Origin.Column;

    /// <summary>The sentence without the place.</summary>
    public string Problem { get; }
}
