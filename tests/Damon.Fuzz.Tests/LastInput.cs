using System.IO.MemoryMappedFiles;

namespace Damon.Fuzz.Tests;

/// <summary>
/// Keeps the input that is being read in a file, so that it is known even when the process goes down with it, as it does when the
/// stack overflows: 4 bytes of length, then the input.
/// </summary>
public sealed class LastInput : IDisposable
{
    private const int SizeMax = 1 << 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public LastInput(string reader)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "last-inputs");
        Directory.CreateDirectory(folder);
        _file = MemoryMappedFile.CreateFromFile(Path.Combine(folder, reader), FileMode.Create, null, SizeMax + sizeof(int));
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Keeps an input in place of the one before.</summary>
    public void Keep(byte[] input)
    {
        int length = Math.Min(input.Length, SizeMax);
        _view.Write(0, length);
        _view.WriteArray(sizeof(int), input, 0, length);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
