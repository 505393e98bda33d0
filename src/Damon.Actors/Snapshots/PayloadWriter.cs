using System.Numerics;
using System.Text;

namespace Damon.Actors.Snapshots;

/// <summary>Bytes in the making: numbers of variable length, text, and stretches of memory as they are.</summary>
internal sealed class PayloadWriter
{
    private byte[] _bytes = new byte[4096];
    private int _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>Seven bits a byte, the lowest first; all but the last byte have the highest bit set.</summary>
    public void WriteNumber(ulong number)
    {
        Span<byte> room = Room(10);
        int length = 0;
        while (number >= 0x80)
        {
            room[length++] = (byte)(number | 0x80);
            number >>= 7;
        }

        room[length++] = (byte)number;
        _count += length;
    }

    public void WriteText(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        WriteNumber((ulong)length);
        Encoding.UTF8.GetBytes(text, Room(length));
        _count += length;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _count += bytes.Length;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _count < length)
            Array.Resize(ref _bytes, checked((int)BitOperations.RoundUpToPowerOf2((uint)(_count + length))));
        return _bytes.AsSpan(_count);
    }
}
