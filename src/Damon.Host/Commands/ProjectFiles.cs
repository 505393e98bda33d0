namespace Damon.Host.Commands;

/// <summary>Finds what belongs to the project: looked for from the working directory and the program upwards.</summary>
internal static class ProjectFiles
{
    /// <summary>The full path of a file or folder of the project.</summary>
    /// <exception cref="BadInputException">It is not there.</exception>
    public static string Find(string belowRoot)
    {
        foreach (string begin in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? at = new(begin); at is not null; at = at.Parent)
            {
                string path = Path.Combine(at.FullName, belowRoot);
                if (Path.Exists(path)) return path;
            }
        }

        throw new BadInputException($"damon: found no {belowRoot} here or above, allowed: a directory inside a clone of the project");
    }

    /// <summary>The file that an option names: by its path, or by its name in a folder of the project.</summary>
    /// <exception cref="BadInputException">It is not there.</exception>
    public static string Named(Arguments arguments, string option, string byDefault, string folder, params string[] extensions)
    {
        string name = arguments.Value(option) ?? byDefault;
        if (File.Exists(name)) return Path.GetFullPath(name);
        string directory = Find(folder);
        string[] files = [.. extensions.SelectMany(extension => Directory.EnumerateFiles(directory, $"*{extension}")).Order(StringComparer.Ordinal)];
        if (Array.Find(files, file => name == Path.GetFileNameWithoutExtension(file) || name == Path.GetFileName(file)) is { } found) return found;
        string[] known = [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];
        throw arguments.Refuse($"{option}: found '{name}', allowed: a file, or {string.Join(", ", known)}{Arguments.Hint(name, known)}");
    }
}
