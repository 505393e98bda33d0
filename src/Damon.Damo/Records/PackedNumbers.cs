namespace Damon.Damo.Records;

/// <summary>Whole numbers one after the other, seven bits a byte, so that small ones take little room.</summary>
internal sealed class PackedNumbers
{
    private const int BytesOfLargest = 10;

    private byte[] _bytes;
    private int _at;

    /// <summary>An empty row, to be written to.</summary>
    internal PackedNumbers() => (_bytes, Length) = (new byte[1024], 0);

    /// <summary>A row to be read.</summary>
    internal PackedNumbers(byte[] bytes) => (_bytes, Length) = (bytes, bytes.Length);

    internal int Length { get; private set; }

    /// <summary>Whether there is more to read.</summary>
    internal bool HasMore => _at < Length;

    internal byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();

    internal void Clear() => Length = 0;

    internal void Write(long number)
    {
        if (_bytes.Length - Length < BytesOfLargest) Array.Resize(ref _bytes, _bytes.Length * 2);
        ulong rest = (ulong)number;
        for (; rest >= 0x80; rest >>= 7) _bytes[Length++] = (byte)(rest | 0x80);
        _bytes[Length++] = (byte)rest;
    }

    internal long Read()
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _bytes[_at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return (long)number;
        }
    }
}
