using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Damon.Actors.Snapshots;

/// <summary>Bytes in the making: numbers of variable length, text, and stretches of memory as they are.</summary>
internal sealed class PayloadWriter
{
    /// <summary>The most bytes that a number takes.</summary>
    public const int LongestNumber = 10;

    private byte[] _bytes = new byte[4096];
    private int _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>Seven bits a byte, the lowest first; all but the last byte have the highest bit set.</summary>
    public void WriteNumber(ulong number) => _count += Put(Room(LongestNumber), 0, number);

    /// <summary>Room for so many bytes at least; <see cref="Advance"/> tells how many were used.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes.Length - _count < length)
            Array.Resize(ref _bytes, checked((int)BitOperations.RoundUpToPowerOf2((uint)(_count + length))));
        return _bytes.AsSpan(_count);
    }

    public void Advance(int length) => _count += length;

    /// <summary>Writes a number at a place, and gives the place after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Put(Span<byte> room, int at, ulong number)
    {
        while (number >= 0x80)
        {
            room[at++] = (byte)(number | 0x80);
            number >>= 7;
        }

        room[at++] = (byte)number;
        return at;
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
}
