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
}
