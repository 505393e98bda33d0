namespace Damon.Hocon.Resolution;

/// <summary>Values side by side of which at least one waits for a substitution (spec: value concatenation).</summary>
internal sealed class Concatenation : Pending
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
        List<HoconValue> joined = new(pieces.Count);
        foreach (HoconValue piece in pieces)
        {
            if (piece is Concatenation nested)
            {
                foreach (HoconValue inner in nested.Pieces) Join(joined, inner);
            }
            else
            {
                Join(joined, piece);
            }
        }

        return joined.Count switch
        {
            0 => null,
            1 => joined[0],
            _ => new Concatenation(joined[0].Origin, [.. joined]),
        };
    }

    private static void Join(List<HoconValue> joined, HoconValue right)
    {
        if (joined.Count == 0)
        {
            joined.Add(right);
            return;
        }

        HoconValue left = joined[^1];
        // An object with numeric keys next to an array is meant as an array.
        if (left is HoconObject leftFields && right is HoconArray) left = NumericKeys.ToArray(leftFields) ?? left;
        else if (left is HoconArray && right is HoconObject rightFields) right = NumericKeys.ToArray(rightFields) ?? right;

        if (Joined(left, right) is { } both) joined[^1] = both;
        else joined.Add(right);
    }

    /// <summary>Both values as one; null when a substitution must be known first.</summary>
    private static HoconValue? Joined(HoconValue left, HoconValue right)
    {
        if (IsObject(left) && IsObject(right)) return right.WithFallback(left);
        if (left is HoconArray leftItems && right is HoconArray rightItems)
        {
            if (leftItems.Count + rightItems.Count > Nesting.WeightMax) throw Nesting.TooLarge(left.Origin);
            return leftItems.ConcatenatedWith(rightItems);
        }

        // White space between objects and arrays is unquoted text, and so any unquoted text there is dropped.
        if ((left is HoconArray || IsObject(left)) && right is HoconString { IsQuoted: false }) return left;
        if (left is Pending || right is Pending) return null;
        if (left.ConcatenationText is not { } leftText || right.ConcatenationText is not { } rightText)
        {
            throw new HoconException(
                HoconErrorKind.WrongType,
                left.Origin,
                $"{Describe.Article(left.Kind)} cannot be joined with {Describe.Article(right.Kind)}; allowed: objects with objects, arrays with arrays, plain values with plain values");
        }

        if (leftText.Length + rightText.Length > Nesting.WeightMax * 16) throw Nesting.TooLarge(left.Origin);
        return new HoconString(left.Origin, leftText + rightText, quoted: true);
    }

    private static bool IsObject(HoconValue value) => value is HoconObject or MergeStack { IsObject: true };
}
