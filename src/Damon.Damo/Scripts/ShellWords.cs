using System.Text;

namespace Damon.Damo.Scripts;

/// <summary>A word of a script and the line that it starts on, from 1.</summary>
internal readonly record struct ShellWord(string Text, int Line);

/// <summary>Splits a script into the words of its only command, by the shell's rules of quoting.</summary>
internal sealed class ShellWords(string text, string name)
{
    private readonly List<ShellWord> _words = [];
    private readonly StringBuilder _word = new();
    private bool _isInWord;
    private int _wordLine;
    private int _at;
    private int _line = 1;

    /// <summary>The words of the command; none for a script without one.</summary>
    internal IReadOnlyList<ShellWord> ReadCommand()
    {
        bool isEnded = false;
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == '\n')
            {
                EndWord();
                isEnded |= _words.Count > 0;
                Next();
            }
            else if (c is ' ' or '\t')
            {
                EndWord();
                Next();
            }
            else if (c == '#' && !_isInWord)
            {
                SkipTo('\n');
            }
            else if (c == '`' && !_isInWord)
            {
                SkipBackquotedComment();
            }
            else if (c == '\\' && Peek(1) == '\n')
            {
                Next();
                Next();
            }
            else
            {
                if (isEnded)
                    throw Refuse("a second command starts here; allowed is one command, its lines continued by a backslash at their end");
                ReadPart(c);
            }
        }

        EndWord();
        return _words;
    }

    private void ReadPart(char c)
    {
        StartWord();
        switch (c)
        {
            case '\'':
                ReadSingleQuoted();
                break;
            case '"':
                ReadDoubleQuoted();
                break;
            case '\\':
                CheckTrailingBlank();
                Next();
                if (_at >= text.Length) throw Refuse("the text ends after a backslash; allowed is a following line");
                Take();
                break;
            case ';' or '&' or '|':
                throw Refuse($"'{c}' joins commands; allowed is a single damo command");
            case '<' or '>':
                throw Refuse($"'{c}' redirects; allowed is a damo command alone");
            case '$' or '`':
                throw Refuse($"'{c}' starts a variable or another command, which needs a shell; write the value out");
            case '(' or ')' or '*' or '?' or '[' or ']' or '{' or '}':
                throw Refuse($"'{c}' means something to a shell, and none is run; put the word in single quotes");
            case '~' when _word.Length == 0:
                throw Refuse("'~' means something to a shell, and none is run; write the path out");
            default:
                Take();
                break;
        }
    }

    private void ReadSingleQuoted()
    {
        int opened = _line;
        Next();
        while (_at < text.Length && text[_at] != '\'') Take();
        CloseQuote(opened);
    }

    private void ReadDoubleQuoted()
    {
        int opened = _line;
        Next();
        while (_at < text.Length && text[_at] != '"')
        {
            if (text[_at] is '$' or '`') throw Refuse($"'{text[_at]}' in double quotes needs a shell; use single quotes");
            if (text[_at] == '\\' && Peek(1) is '\\' or '"' or '$' or '`' or '\n')
            {
                Next();
                if (text[_at] != '\n') Take();
                else Next();
            }
            else
            {
                Take();
            }
        }

        CloseQuote(opened);
    }

    private void CloseQuote(int opened)
    {
        if (_at >= text.Length) throw new DamoException($"{name}:{opened}: a quote is opened here and never closed");
        Next();
    }

    private void SkipBackquotedComment()
    {
        int opened = _line;
        int close = text.IndexOf('`', _at + 1);
        if (close < 0) throw new DamoException($"{name}:{opened}: a backquote is opened here and never closed");
        if (!text.AsSpan(_at + 1, close - _at - 1).TrimStart().StartsWith("#"))
            throw Refuse("a command in backquotes needs a shell; allowed are only comments, such as `# comment`");
        while (_at <= close) Next();
    }

    /// <summary>A backslash, blanks and the line's end: the shell would not continue the line, although it looks so.</summary>
    private void CheckTrailingBlank()
    {
        int after = _at + 1;
        while (after < text.Length && text[after] is ' ' or '\t') after++;
        if (after > _at + 1 && (after == text.Length || text[after] == '\n'))
            throw Refuse("blanks follow the backslash at the end of the line, so it does not continue; remove them");
    }

    private void SkipTo(char end)
    {
        while (_at < text.Length && text[_at] != end) Next();
    }

    private void StartWord()
    {
        if (_isInWord) return;
        _isInWord = true;
        _wordLine = _line;
    }

    private void EndWord()
    {
        if (!_isInWord) return;
        _words.Add(new(_word.ToString(), _wordLine));
        _word.Clear();
        _isInWord = false;
    }

    private char Peek(int offset) => _at + offset < text.Length ? text[_at + offset] : '\0';

    private void Take()
    {
        _word.Append(text[_at]);
        Next();
    }

    private void Next()
    {
        if (text[_at] == '\n') _line++;
        _at++;
    }

    private DamoException Refuse(string reason) => new($"{name}:{_line}: {reason}");
}
