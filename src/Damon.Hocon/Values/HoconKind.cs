namespace Damon.Hocon;

/// <summary>The six kinds of values of JSON, and so of HOCON.</summary>
public enum HoconKind
{
    /// <summary>Fields by name.</summary>
    Object,

    /// <summary>A list of values.</summary>
    Array,

    /// <summary>A text.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>The value null.</summary>
    Null,
}
