using System.Text;

namespace Damon.Actors.Snapshots;

/// <summary>Takes bytes apart that a <see cref="PayloadWriter"/> has put together.</summary>
internal sealed class PayloadReader(byte[] bytes)
{
    private int _at;

    public bool IsAtEnd => _at == bytes.Length;

    public ulong ReadNumber()
    {
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return number;
        }

        throw Inconsistent();
    }

    /// <summary>A number of things, each of which takes at least so many bytes or comes in the runs of a column.</summary>
    public int ReadCount()
    {
        ulong count = ReadNumber();
        return count <= (ulong)Array.MaxLength ? (int)count : throw Inconsistent();
    }

    public string ReadText() => Encoding.UTF8.GetString(Take(ReadCount()));

    public void Read(Span<byte> bytes) => Take(bytes.Length).CopyTo(bytes);

    /// <summary>What is read cannot have been written like this.</summary>
    public static SnapshotException Inconsistent() => new("the snapshot contradicts itself");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > bytes.Length - _at) throw Inconsistent();
        ReadOnlySpan<byte> taken = bytes.AsSpan(_at, length);
        _at += length;
        return taken;
    }
}
