using System.Text;

namespace Damon.Hocon.Resolution;

/// <summary>Joins values that stand side by side, from left to right, as far as they are known.</summary>
internal sealed class Joiner(int capacity)
{
    private readonly List<HoconValue> _joined = new(capacity);

    /// <summary>The text that the last value grows into while plain values follow it; null while it does not.</summary>
    private StringBuilder? _text;

    /// <summary>Adds the next value.</summary>
    public void Add(HoconValue right)
    {
        if (_joined.Count == 0)
        {
            _joined.Add(right);
            return;
        }

        if (right.ConcatenationText is null) EndText();
        HoconValue left = _joined[^1];
        // An object with numeric keys next to an array is meant as an array.
        if (left is HoconObject leftFields && right is HoconArray) left = NumericKeys.ToArray(leftFields) ?? left;
        else if (left is HoconArray && right is HoconObject rightFields) right = NumericKeys.ToArray(rightFields) ?? right;

        if (IsObject(left) && IsObject(right)) _joined[^1] = right.WithFallback(left);
        else if (left is HoconArray leftItems && right is HoconArray rightItems) _joined[^1] = Append(leftItems, rightItems);
        // White space between objects and arrays is unquoted text, and so any unquoted text there is dropped.
        else if ((left is HoconArray || IsObject(left)) && right is HoconString { IsQuoted: false }) _joined[^1] = left;
        else if (left is Pending || right is Pending) _joined.Add(right);
        else AppendText(left, right);
    }

    /// <summary>The values that remain.</summary>
    public List<HoconValue> Finish()
    {
        EndText();
        return _joined;
    }

    private static HoconArray Append(HoconArray left, HoconArray right) =>
        left.Count + right.Count > Nesting.WeightMax ? throw Nesting.TooLarge(left.Origin) : left.ConcatenatedWith(right);

    private void AppendText(HoconValue left, HoconValue right)
    {
        if (left.ConcatenationText is not { } leftText || right.ConcatenationText is not { } rightText)
        {
            throw new HoconException(
                HoconErrorKind.WrongType,
                left.Origin,
                $"{Describe.Article(left.Kind)} cannot be joined with {Describe.Article(right.Kind)}; "
                + "allowed: objects with objects, arrays with arrays, plain values with plain values");
        }

        _text ??= new StringBuilder(leftText);
        if (_text.Length + rightText.Length > Nesting.WeightMax * 32) throw Nesting.TooLarge(left.Origin);
        _text.Append(rightText);
    }

    private void EndText()
    {
        if (_text is null) return;
        // What is joined counts as quoted, even when nothing of it was.
        _joined[^1] = new HoconString(_joined[^1].Origin, _text.ToString(), quoted: true);
        _text = null;
    }

    private static bool IsObject(HoconValue value) => value is HoconObject or MergeStack { IsObject: true };
}
