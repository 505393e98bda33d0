using Damon.Hocon.Reading;

namespace Damon.Hocon.Tests.Documents;

public sealed class DiskFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("hocon");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Includes_are_found_beside_the_including_file_and_files_from_the_current_directory()
    {
        _directory.CreateSubdirectory("sub");
        Write("main.conf", "include \"sub/p\"\n");
        Write("sub/p.conf", "include \"q.conf\"\ninclude file(\"q.conf\")\n");
        Write("sub/q.conf", "near = 1\n");
        Write("q.conf", "here = 2\n");

        HoconObject root = HoconDocument.Load(Path.Combine(_directory.FullName, "main.conf"), new HoconOptions { CurrentDirectory = _directory.FullName });

        Assert.Equal(1, root.GetInt64("near"));
        Assert.Equal(2, root.GetInt64("here"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);
}
