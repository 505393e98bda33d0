namespace Damon.Hocon;

/// <summary>What went wrong with a document or with reading one of its values.</summary>
public enum HoconErrorKind
{
    /// <summary>The text does not follow the grammar, a path in it is malformed, or includes nest too deep.</summary>
    Parse,

    /// <summary>A required substitution has no value, or takes part in a cycle.</summary>
    Unresolved,

    /// <summary>
    /// A value has a type that does not fit: a concatenation of unlike things, an array as root, a text where a number
    /// is asked for.
    /// </summary>
    WrongType,

    /// <summary>A value has the right type but not the right form, unit or range.</summary>
    BadValue,

    /// <summary>No value is set at the path.</summary>
    Missing,

    /// <summary>The value at the path is null.</summary>
    Null,

    /// <summary>The path given to a getter is malformed.</summary>
    BadPath,

    /// <summary>Everything else: a file that cannot be read, a required include that is missing, a document that grows too large.</summary>
    Other,
}
