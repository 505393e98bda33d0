using System.Text;

namespace Damon.Scenarios.Schema;

/// <summary>
/// The comments of hocon/reference.conf by key. The file keeps to one form: a key or a closing brace a line, a comment in the
/// lines before its key, and in brackets at the comment's end the key's type and range.
/// </summary>
public static class ReferenceComments
{
    /// <summary>All keys, and the objects that group them, in the file's order.</summary>
    /// <param name="text">The file's text.</param>
    public static IReadOnlyList<ReferenceKey> Read(string text)
    {
        List<ReferenceKey> keys = [];
        List<string> path = [];
        StringBuilder comment = new();
        int skipped = 0;
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.Trim();
            if (skipped > 0) skipped += Depth(line);
            else if (line.StartsWith('#')) comment.Append(line.AsSpan(1).Trim()).Append(' ');
            else if (line.Length == 0) comment.Clear();
            else if (line == "}") path.RemoveAt(path.Count - 1);
            else
            {
                string name = line.Split(' ')[0];
                ReferenceKey key = KeyOf(string.Join('.', [.. path, name]), comment.ToString().Trim(' ', '-'));
                keys.Add(key);
                comment.Clear();
                if (key.Type is null && line.EndsWith('{')) path.Add(name);
                else skipped = Depth(line);
            }
        }

        return keys;
    }

    private static ReferenceKey KeyOf(string path, string comment)
    {
        int open = comment.EndsWith(']') ? comment.LastIndexOf('[') : -1;
        if (open < 0) return new ReferenceKey(path, comment, null, null);
        string bracket = comment[(open + 1)..^1];
        int comma = bracket.IndexOf(", ", StringComparison.Ordinal);
        return comma < 0
            ? new ReferenceKey(path, comment[..open].Trim(), bracket, null)
            : new ReferenceKey(path, comment[..open].Trim(), bracket[..comma], bracket[(comma + 2)..]);
    }

    private static int Depth(string line) => line.Count(c => c is '{' or '[') - line.Count(c => c is '}' or ']');
}
