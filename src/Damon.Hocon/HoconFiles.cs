using System.Text;

namespace Damon.Hocon;

/// <summary>Where documents and their includes come from.</summary>
public abstract class HoconFiles
{
    /// <summary>The files of the machine.</summary>
    public static HoconFiles Disk { get; } = new DiskFiles();

    /// <summary>Files that exist only here, by name; names may hold <c>/</c>. For tests and generated scenarios.</summary>
    public static HoconFiles InMemory(IReadOnlyDictionary<string, string> texts) => new MemoryFiles(texts);

    /// <summary>Whether there is a file at the path.</summary>
    public abstract bool Exists(string path);

    /// <summary>The text of a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public abstract string ReadText(string path);

    /// <summary>The bytes of a file: what is no text, such as a record.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public virtual byte[] ReadBytes(string path) => Encoding.UTF8.GetBytes(ReadText(path));

    private sealed class DiskFiles : HoconFiles
    {
        public override bool Exists(string path) => File.Exists(path);

        public override string ReadText(string path) => File.ReadAllText(path);

        public override byte[] ReadBytes(string path) => File.ReadAllBytes(path);
    }

    private sealed class MemoryFiles : HoconFiles
    {
        private readonly Dictionary<string, string> _texts = [];

        public MemoryFiles(IReadOnlyDictionary<string, string> texts)
        {
            foreach (KeyValuePair<string, string> text in texts) _texts[Normal(text.Key)] = text.Value;
        }

        // As on disk, nothing has a name with a null character, and asking for it is no error.
        public override bool Exists(string path) => !path.Contains('\0', StringComparison.Ordinal) && _texts.ContainsKey(Normal(path));

        public override string ReadText(string path) =>
            _texts.TryGetValue(Normal(path), out string? text) ? text : throw new FileNotFoundException($"there is no file {path}");

        private static string Normal(string path) => Path.GetFullPath(path, "/");
    }
}
