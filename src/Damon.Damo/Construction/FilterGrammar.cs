using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>
/// Reads the filters of one scheme (spec section 7): <c>( allow|reject|deny|block [none] TYPE ARGS )*</c> over the words of all uses,
/// and when that fails every use in the old form <c>TYPE matching|OTHER [ARGS] [allow|pass|reject|deny|block]</c>.
/// </summary>
internal sealed class FilterGrammar(ICollection<Notice> notices)
{
    private const string Form = "allow|reject|deny|block [none] TYPE [ARGUMENTS]";

    internal Sequence<SchemeFilter> Parse(IReadOnlyList<OptionUse> uses)
    {
        var words = new Words(uses);
        try
        {
            var filters = new List<SchemeFilter>();
            while (!words.IsAtEnd) filters.Add(ReadFilter(words));
            return filters.ToSequence();
        }
        catch (DamoException) when (uses.All(use => IsOldForm(use.Words)))
        {
            return uses.Select(ParseOldForm).ToSequence();
        }
    }

    /// <summary>Words of several uses as one stream, each knowing its place in argv.</summary>
    private sealed class Words(IReadOnlyList<OptionUse> uses)
    {
        private readonly (string Text, int Index)[] _all = [.. uses.SelectMany(use =>
            use.Words.Select((word, i) => (word, use.IndexOf(i))))];
        private int _next;

        internal bool IsAtEnd => _next >= _all.Length;

        internal int Place => _all[Math.Min(_next, _all.Length - 1)].Index;

        internal string Peek() => IsAtEnd ? "" : _all[_next].Text;

        internal string Take(string what) => IsAtEnd
            ? throw new DamoException($"--damos_filter: {what} is missing at the end; allowed is {Form}", Place)
            : _all[_next++].Text;

        internal T Read<T>(string what, Func<string, T> read)
        {
            int place = Place;
            string word = Take(what);
            try
            {
                return read(word);
            }
            catch (DamoException e)
            {
                throw new DamoException($"--damos_filter: {e.Message}", place);
            }
        }
    }

    private static SchemeFilter ReadFilter(Words words)
    {
        bool allow = words.Read("allow or reject", word => Verb(word)
            ?? throw new DamoException($"found '{word}', allowed is {Form}{Spelling.Hint(word, ["allow", "reject", "deny", "block"])}"));
        bool matching = words.Peek() != "none";
        if (!matching) words.Take("none");
        FilterType type = words.Read("the type", ReadType);
        var filter = new SchemeFilter(type, matching, allow);
        return type switch
        {
            FilterType.Memcg => filter with { MemcgPath = words.Take("the path of a control group") },
            FilterType.Addr => filter with { AddressRange = ReadSizes(words, "the start address", "the end address") },
            FilterType.Target => filter with { TargetIndex = words.Read("the index of a target", ValueReader.Nr) },
            FilterType.HugepageSize => filter with { HugepageSize = ReadSizes(words, "the least size", "the largest size") },
            _ => filter,
        };
    }

    private static FilterType ReadType(string word) => word == "non"
        ? throw new DamoException("'non' is the spelling of probe filters; did you mean 'none'?")
        : Keywords.FilterTypes.Read(word);

    private static AddressRange ReadSizes(Words words, string first, string second) =>
        new(words.Read(first, ValueReader.Bytes), words.Read(second, ValueReader.Bytes));

    private static bool? Verb(string word) => word switch
    {
        "allow" => true,
        "reject" or "deny" or "block" => false,
        _ => null,
    };

    private static bool IsOldForm(IReadOnlyList<string> words) => Keywords.FilterTypes.TryRead(words[0], out _);

    private SchemeFilter ParseOldForm(OptionUse use)
    {
        if (use.Words.Count < 2) throw use.Refuse($"found only '{use.Words[0]}', allowed is {Form}");
        string last = use.Words[^1];
        bool hasVerb = use.Words.Count > 2 && (last == "pass" || Verb(last) is not null);
        string verb = !hasVerb ? "reject" : last == "pass" ? "allow" : last;
        string[] negation = use.Words[1] == "matching" ? [] : ["none"];
        IEnumerable<string> arguments = use.Words.Skip(2).Take(use.Words.Count - 2 - (hasVerb ? 1 : 0));
        OptionUse modern = use with { Words = [verb, .. negation, use.Words[0], .. arguments], FirstWordIndex = use.WordIndex };
        var words = new Words([modern]);
        SchemeFilter filter = ReadFilter(words);
        if (!words.IsAtEnd) throw use.Refuse($"'{words.Peek()}' is too much after '{use.Words[0]}' in the old form of a filter");
        notices.Add(use.Notice(
            NoticeCode.OldForm, $"'{string.Join(' ', use.Words)}' is the old form of '{string.Join(' ', modern.Words)}'"));
        return filter;
    }
}
