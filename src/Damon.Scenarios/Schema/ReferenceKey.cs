namespace Damon.Scenarios.Schema;

/// <summary>What hocon/reference.conf says about a key, in the comment before it.</summary>
/// <param name="Path">The key's path, such as <c>machine.page-size</c> or <c>each.node.tier</c>.</param>
/// <param name="About">The sentences about it; empty for a key that repeats one at the root.</param>
/// <param name="Type">The first words of the bracket, such as <c>whole number</c>; null: an object that only groups keys.</param>
/// <param name="Range">What follows in the bracket, such as <c>4 KiB..2 MiB</c> or <c>mean, p50</c>; null: nothing.</param>
public sealed record ReferenceKey(string Path, string About, string? Type, string? Range)
{
    /// <summary>The bracket's text; empty for an object that only groups keys.</summary>
    public string Bracket => Range is null ? Type ?? "" : $"{Type}, {Range}";

    /// <summary>Whether whoever writes the object must set the key, whatever else it sets.</summary>
    public bool IsRequired => About.Contains("must be set", StringComparison.Ordinal) && !About.Contains("must be set, unless", StringComparison.Ordinal);

    /// <summary>The name below <c>each</c> whose keys the key's objects have; null: none.</summary>
    public string? KeysAsIn
    {
        get
        {
            const string Words = "eys as in each.";
            int at = About.IndexOf(Words, StringComparison.Ordinal);
            if (at < 0) return null;
            ReadOnlySpan<char> rest = About.AsSpan(at + Words.Length);
            int end = 0;
            while (end < rest.Length && (char.IsAsciiLetterLower(rest[end]) || rest[end] == '-')) end++;
            return rest[..end].ToString();
        }
    }
}
