using System.Text;
using Damon.Damo.CommandLine;

namespace Damon.Damo.Reports.Access;

/// <summary>The templates of <c>report access</c>: literal text and keywords in angle brackets; empty ones print nothing.</summary>
internal sealed record AccessFormat(string RecordHead, string SnapshotHead, string Region, string SnapshotTail, string RecordTail)
{
    private static readonly string[] _parts = ["record_head", "snapshot_head", "region", "snapshot_tail", "record_tail"];

    /// <summary>Changes a template as --format says: set or append, the part, the template; \n stands for a line break.</summary>
    internal AccessFormat Change(IReadOnlyList<string> words)
    {
        if (words[0] is not ("set" or "append"))
            throw new DamoException($"--format: '{words[0]}' is not known; allowed is set or append{Spelling.Hint(words[0], ["set", "append"])}");
        string text = string.Join(' ', words.Skip(2)).Replace("\\n", "\n", StringComparison.Ordinal);
        return words[1] switch
        {
            "record_head" => this with { RecordHead = Edit(RecordHead) },
            "snapshot_head" => this with { SnapshotHead = Edit(SnapshotHead) },
            "region" => this with { Region = Edit(Region) },
            "snapshot_tail" => this with { SnapshotTail = Edit(SnapshotTail) },
            "record_tail" => this with { RecordTail = Edit(RecordTail) },
            _ => throw new DamoException($"--format: '{words[1]}' has no template; allowed is one of {string.Join(' ', _parts)}{Spelling.Hint(words[1], _parts)}"),
        };

        string Edit(string template) => words[0] == "set" ? text : template + text;
    }

    /// <summary>Fills a template in; blanks at the ends of lines are dropped, and a line break ends the text.</summary>
    internal static string Fill<T>(string template, Dictionary<string, Func<T, string>> keywords, T view)
    {
        if (template.Length == 0) return "";
        var text = new StringBuilder();
        int at = 0;
        while (at < template.Length)
        {
            int open = template.IndexOf('<', at), close = open < 0 ? -1 : template.IndexOf('>', open);
            if (close < 0) break;
            string keyword = template[(open + 1)..close];
            if (!keywords.TryGetValue(keyword, out Func<T, string>? value))
            {
                string allowed = string.Join(' ', keywords.Keys.Select(key => $"<{key}>"));
                throw new DamoException($"the keyword <{keyword}> is not known here; allowed is one of {allowed}{Spelling.Hint(keyword, keywords.Keys)}");
            }

            text.Append(template, at, open - at).Append(value(view));
            at = close + 1;
        }

        text.Append(template, at, template.Length - at);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd(' '))) + "\n";
    }
}
