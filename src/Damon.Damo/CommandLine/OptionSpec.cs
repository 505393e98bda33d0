using Damon.Damo.Notices;

namespace Damon.Damo.CommandLine;

/// <summary>The damo commands that take the parameter language (spec section 1); a set, for options that only some know.</summary>
[Flags]
public enum DamoVerb
{
    /// <summary><c>damo start</c>.</summary>
    Start = 1,

    /// <summary><c>damo tune</c>.</summary>
    Tune = 2,

    /// <summary><c>damo args damon</c>.</summary>
    ArgsDamon = 4,

    /// <summary>All of them.</summary>
    All = Start | Tune | ArgsDamon,
}

/// <summary>How many words an option takes.</summary>
/// <param name="Min">Least number of words.</param>
/// <param name="IsOpen">True to take every following word up to the next option.</param>
public readonly record struct Arity(int Min, bool IsOpen)
{
    /// <summary>No word: the option is a switch.</summary>
    public static Arity Flag => new(0, false);

    /// <summary>One word or more.</summary>
    public static Arity OneOrMore => new(1, true);

    /// <summary>Exactly so many words.</summary>
    /// <param name="count">Number of words, 1 or more.</param>
    public static Arity Exactly(int count) => new(count, false);
}

/// <summary>One row of the table of options.</summary>
/// <param name="Name">The long name, without dashes.</param>
/// <param name="Arity">The words that it takes.</param>
/// <param name="Words">What the words are, for messages.</param>
public sealed record OptionSpec(string Name, Arity Arity, string Words)
{
    /// <summary>The one-letter name, or null.</summary>
    public char? Short { get; init; }

    /// <summary>True when every use adds an entry; false when a later use replaces an earlier one.</summary>
    public bool Appends { get; init; }

    /// <summary>True when all words must be integers.</summary>
    public bool IsInteger { get; init; }

    /// <summary>The allowed words; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The commands that know the option.</summary>
    public DamoVerb Verbs { get; init; } = DamoVerb.All;

    /// <summary>The name with its dashes.</summary>
    public string LongForm => "--" + Name;
}

/// <summary>One use of an option on a command line.</summary>
/// <param name="Option">The option.</param>
/// <param name="Words">Its words.</param>
/// <param name="WordIndex">Index in argv of the option itself.</param>
/// <param name="FirstWordIndex">Index in argv of its first word; the option's own when attached to it.</param>
public sealed record OptionUse(OptionSpec Option, IReadOnlyList<string> Words, int WordIndex, int FirstWordIndex)
{
    /// <summary>Index in argv of a word.</summary>
    /// <param name="word">Index among the words of the use.</param>
    public int IndexOf(int word) => FirstWordIndex + word;

    /// <summary>Reads one word; an error names the option and the word's place.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="word">Index among the words of the use.</param>
    /// <param name="read">The reader.</param>
    /// <exception cref="DamoException">The word is refused by the reader.</exception>
    public T Read<T>(int word, Func<string, T> read)
    {
        try
        {
            return read(Words[word]);
        }
        catch (DamoException e)
        {
            throw new DamoException($"{Option.LongForm}: {e.Message}", e.WordIndex ?? IndexOf(word));
        }
    }

    /// <summary>A notice about the whole use.</summary>
    /// <param name="code">Why.</param>
    /// <param name="message">What has no effect or another one, in one sentence.</param>
    public Notice Notice(NoticeCode code, string message) => new(code, message, Option.LongForm, WordIndex);

    /// <summary>An error about the whole use.</summary>
    /// <param name="reason">What was found and what is allowed.</param>
    public DamoException Refuse(string reason) => new($"{Option.LongForm}: {reason}", WordIndex);
}
