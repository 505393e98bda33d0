namespace Damon.Hocon.Resolution;

/// <summary>A <c>${path}</c> or <c>${?path}</c>.</summary>
internal sealed class Substitution(HoconOrigin origin, HoconPath path, bool optional, int prefixLength = 0) : Pending(origin)
{
    /// <summary>The path to look up, from the root.</summary>
    public HoconPath Path { get; } = path;

    /// <summary>Whether it is no error when nothing is found.</summary>
    public bool Optional { get; } = optional;

    /// <summary>
    /// How many leading elements of the path come from the place of an include; without them it is looked up a second
    /// time.
    /// </summary>
    public int PrefixLength { get; } = prefixLength;

    internal override HoconValue Relativized(HoconPath prefix) =>
        new Substitution(Origin, prefix.Append(Path), Optional, PrefixLength + prefix.Length);

    public override string ToString() => (Optional ? "${?" : "${") + Path.Skip(PrefixLength) + "}";
}
