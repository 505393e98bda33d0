using Damon.Damo;
using Damon.Damo.Environment;
using Damon.Hocon;
using Damon.Hocon.Reading;

namespace Damon.Scenarios.Reading;

/// <summary>Files that a scenario names, relative to the file in which the name is written.</summary>
/// <param name="files">Where files come from.</param>
internal sealed class ScenarioFiles(HoconFiles files)
{
    /// <summary>The path that a name means.</summary>
    public static string PathOf(HoconCursor name) =>
        Path.Combine(Path.GetDirectoryName(name.Value.Origin.File) ?? "", name.AsString());

    /// <summary>A file's text; null: it cannot be read, which is reported.</summary>
    public string? ReadText(HoconCursor name) => Read(name, files.ReadText);

    /// <summary>Files that a damo command names, relative to the file in which the command is written.</summary>
    /// <param name="command">The command.</param>
    public IFileSource Beside(HoconCursor command) => new NamedByDamo(files, Path.GetDirectoryName(command.Value.Origin.File) ?? "");

    /// <summary>A file's bytes; null: it cannot be read, which is reported.</summary>
    public byte[]? ReadBytes(HoconCursor name) => Read(name, files.ReadBytes);

    private T? Read<T>(HoconCursor name, Func<string, T> read)
        where T : class
    {
        string path = PathOf(name);
        try
        {
            if (files.Exists(path)) return read(path);
            name.Refuse($"a file that is there, relative to the one that names it; there is no {path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            name.Refuse($"a file that can be read ({error.Message})");
        }

        return null;
    }

    private sealed class NamedByDamo(HoconFiles files, string folder) : IFileSource
    {
        private const int CharactersMax = 64 << 20;

        public bool TryRead(string path, out string text)
        {
            text = "";
            string full = Path.Combine(folder, path);
            if (path.Length == 0 || !files.Exists(full)) return false;
            try
            {
                text = files.ReadText(full);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new DamoException($"the file '{path}' cannot be read: {error.Message}", error);
            }

            return text.Length <= CharactersMax ? true : throw new DamoException($"the file '{path}' is too large: allowed are 64 MiB");
        }
    }
}
