using System.Text;
using Damon.Damo.Environment;

namespace Damon.Damo.Tests;

/// <summary>Short ways to run command lines in tests.</summary>
internal static class Commands
{
    /// <summary>Parses "args damon" with options split at blanks; a word in single quotes keeps its blanks.</summary>
    internal static DamoInvocation Args(string options, DamoEnvironment? environment = null) =>
        DamoCommand.Parse(["args", "damon", .. Split(options)], environment ?? DamoEnvironment.Default);

    /// <summary>The message of the error that options give.</summary>
    internal static string ErrorOf(string options, DamoEnvironment? environment = null) =>
        Assert.Throws<DamoException>(() => Args(options, environment)).Message;

    internal static DamoEnvironment WithFile(string name, string content) =>
        DamoEnvironment.Default with { Files = new MemoryFiles(new Dictionary<string, string> { [name] = content }) };

    private static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isQuoted = false;
        foreach (char c in line + " ")
        {
            if (c == '\'') isQuoted = !isQuoted;
            else if (c != ' ' || isQuoted) word.Append(c);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }
}
