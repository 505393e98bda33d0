using Damon.Damo.Notices;

namespace Damon.Damo.Masim;

/// <summary>
/// Takes a file apart into paragraphs: runs of lines between single empty ones; lines that begin with # are left out. Whatever masim
/// itself would stumble over is refused in strict mode, else put right with a notice.
/// </summary>
internal sealed class MasimParagraphs(string name, bool isStrict, ICollection<Notice> notices)
{
    internal List<List<MasimLine>> Split(string text)
    {
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            int line = text.AsSpan(0, text.IndexOf('\r', StringComparison.Ordinal)).Count('\n') + 1;
            Repair(line, "the line ends with a carriage return; masim needs a line feed alone");
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }

        if (text.Length > 0 && !text.EndsWith('\n'))
        {
            Repair(text.Count(c => c == '\n') + 1, "the last line lacks its line feed; masim would not see it");
            text += "\n";
        }

        var paragraphs = new List<List<MasimLine>>();
        List<MasimLine>? open = null;
        int number = 0, blank = 0;
        foreach (string line in text.Split('\n')[..^1])
        {
            number++;
            if (line.StartsWith('#')) continue;
            if (IsBlank(line, number))
            {
                bool isLeading = paragraphs.Count == 0;
                if (open is null) Repair(number, isLeading ? "a blank line before the regions" : "a second blank line; paragraphs are separated by one");
                (open, blank) = (null, number);
                continue;
            }

            if (open is null) paragraphs.Add(open = []);
            open.Add(new(number, line));
        }

        if (open is null && paragraphs.Count > 0) Repair(blank, "a blank line after the last phase");
        return paragraphs;
    }

    /// <summary>True for an empty line; one of blanks only looks empty, but masim takes it for data.</summary>
    private bool IsBlank(string line, int number)
    {
        if (line.Length == 0) return true;
        if (!string.IsNullOrWhiteSpace(line)) return false;
        Repair(number, "the line has blanks only; masim needs it empty");
        return true;
    }

    private void Repair(int line, string what)
    {
        if (isStrict) throw new DamoException($"{name}:{line}: {what}");
        notices.Add(new(NoticeCode.Ignored, $"{what}; put right here, but masim would refuse or misread it", $"{name}:{line}"));
    }
}
