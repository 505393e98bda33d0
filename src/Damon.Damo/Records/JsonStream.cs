using System.Text.Json;

namespace Damon.Damo.Records;

/// <summary>
/// The bytes of a JSON text of any length, of which only a window is held. The window slides on as tokens are read
/// and grows only as far as the longest token needs.
/// </summary>
internal sealed class JsonStream(Stream stream) : IDisposable
{
    private const int WindowBytes = 1 << 16;
    private const int TokenBytesMax = 1 << 20;

    private byte[] _window = new byte[WindowBytes];
    private int _start;
    private int _end;
    private bool _isEnded;
    private JsonReaderState _state;

    /// <summary>A reader at the place where the last one was left.</summary>
    internal Utf8JsonReader Resume() => new(_window.AsSpan(_start.._end), _isEnded, _state);

    /// <summary>Remembers the reader's place.</summary>
    internal void Leave(ref readonly Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>Reads the next token, sliding the window as needed; false at the end of the text.</summary>
    /// <exception cref="DamoException">A value, or the white space before it, is longer than any record's.</exception>
    internal bool Read(ref Utf8JsonReader reader)
    {
        long before = reader.BytesConsumed;
        long blank = 0;
        while (!reader.Read())
        {
            if (_isEnded) return false;
            blank += reader.BytesConsumed - before;
            if (blank > TokenBytesMax) throw new DamoException($"more than {TokenBytesMax} bytes of white space lie between two values");
            Leave(ref reader);
            Slide();
            reader = Resume();
            before = 0;
        }

        return true;
    }

    public void Dispose() => stream.Dispose();

    private void Slide()
    {
        int rest = _end - _start;
        if (rest == _window.Length && rest >= TokenBytesMax) throw new DamoException($"a single value is longer than {TokenBytesMax} bytes");
        byte[] next = rest == _window.Length ? new byte[_window.Length * 2] : _window;
        _window.AsSpan(_start, rest).CopyTo(next);
        (_window, _start, _end) = (next, 0, rest);
        int read = stream.Read(_window, _end, _window.Length - _end);
        _end += read;
        _isEnded = read == 0;
    }
}
