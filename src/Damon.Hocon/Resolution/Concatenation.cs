namespace Damon.Hocon.Resolution;

/// <summary>Values side by side of which at least one waits for a substitution (spec: value concatenation).</summary>
internal sealed class Concatenation : Pending, IContainer
{
    private Concatenation(HoconOrigin origin, HoconValue[] pieces)
        : base(origin) => Pieces = pieces;

    public HoconValue[] Pieces { get; }

    internal override HoconValue Relativized(HoconPath prefix) =>
        new Concatenation(Origin, Array.ConvertAll(Pieces, piece => piece.Relativized(prefix)));

    /// <summary>
    /// Joins what can be joined now. Nothing remains of no pieces, one value if all could be joined, and
    /// otherwise a concatenation that waits.
    /// </summary>
    public static HoconValue? Of(List<HoconValue> pieces)
    {
        Joiner joiner = new(pieces.Count);
        foreach (HoconValue piece in pieces)
        {
            if (piece is Concatenation nested)
            {
                foreach (HoconValue inner in nested.Pieces) joiner.Add(inner);
            }
            else
            {
                joiner.Add(piece);
            }
        }

        List<HoconValue> joined = joiner.Finish();
        return joined.Count switch
        {
            0 => null,
            1 => joined[0],
            _ => new Concatenation(joined[0].Origin, [.. joined]),
        };
    }

    HoconValue? IContainer.WithChild(HoconValue child, HoconValue? replacement)
    {
        HoconValue[]? pieces = ContainerItems.Replace(Pieces, child, replacement);
        return pieces is null ? null : new Concatenation(Origin, pieces);
    }
}
