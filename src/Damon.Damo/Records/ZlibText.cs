using System.IO.Compression;

namespace Damon.Damo.Records;

/// <summary>Unpacks zlib data and finds out when it is cut off: the library's stream would take that for its end.</summary>
internal sealed class ZlibText : ForwardStream
{
    private readonly PackedBytes _packed;
    private readonly ZLibStream _unpacked;

    /// <summary>Unpacks a stream, which is closed with this one.</summary>
    internal ZlibText(Stream packed)
    {
        _packed = new(packed);
        _unpacked = new(_packed, CompressionMode.Decompress);
    }

    /// <exception cref="DamoException">The data is cut off.</exception>
    /// <exception cref="InvalidDataException">The data is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = _unpacked.Read(buffer);
        if (count > 0 || buffer.IsEmpty || !_packed.IsExhausted) return count;
        throw new DamoException("the zlib data is cut off before its end; was the recording interrupted, or the file not copied whole?");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Packed bytes. Whoever has found the end of the data in them asks for no more.</summary>
    private sealed class PackedBytes(Stream bytes) : ForwardStream
    {
        internal bool IsExhausted { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int count = bytes.Read(buffer);
            IsExhausted |= count == 0 && !buffer.IsEmpty;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) bytes.Dispose();
            base.Dispose(disposing);
        }
    }
}
