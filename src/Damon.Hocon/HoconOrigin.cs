using System.Globalization;

namespace Damon.Hocon;

/// <summary>Where a value, a key or an error was written.</summary>
/// <param name="File">Name of the file as it was given or included; null for text without a name.</param>
/// <param name="Line">Line, from 1; 0 when the place is not in a text.</param>
/// <param name="Column">Column in UTF-16 units, from 1; 0 when unknown.</param>
public readonly record struct HoconOrigin(string? File, int Line, int Column)
{
    /// <summary>The place as compilers write it: <c>file:line:column</c>, without the parts that are unknown.</summary>
    public override string ToString()
    {
        string text = File ?? "<text>";
        if (Line == 0) return text;
        text += ":" + Line.ToString(CultureInfo.InvariantCulture);
        return Column == 0 ? text : text + ":" + Column.ToString(CultureInfo.InvariantCulture);
    }
}
