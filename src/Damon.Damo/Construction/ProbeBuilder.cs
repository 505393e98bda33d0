using Damon.Damo.CommandLine;
using Damon.Damo.Document;

namespace Damon.Damo.Construction;

/// <summary>Builds probes from <c>allow|reject [non] TYPE [PATH]</c> (spec section 5).</summary>
internal static class ProbeBuilder
{
    internal static IReadOnlyList<Probe> Build(ParsedOptions options)
    {
        IReadOnlyList<OptionUse> uses = options.Uses("probe_filter");
        OptionUse? dealing = options.Use("nr_probe_filters");
        if (uses.Count == 0 && dealing is null) return [];
        int[] counts = dealing is null ? [uses.Count] : Dealing.Counts(dealing);
        if (dealing is not null) Dealing.CheckSum(dealing, counts, uses.Count, "uses of --probe_filter");
        return [.. Dealing.Cut(uses, counts).Select(part => new Probe(part.Select(Filter).ToSequence()))];
    }

    private static ProbeFilter Filter(OptionUse use)
    {
        IReadOnlyList<string> words = use.Words;
        bool allow = words[0] switch
        {
            "allow" => true,
            "reject" => false,
            _ => throw use.Refuse($"found '{words[0]}', allowed is allow or reject{Spelling.Hint(words[0], ["allow", "reject"])}"),
        };
        bool matching = words.Count < 2 || words[1] != "non";
        int at = matching ? 1 : 2;
        if (at >= words.Count) throw use.Refuse("the type is missing; allowed is allow|reject [non] TYPE [PATH]");
        string type = words[at];
        if (type != "memcg") return new(type, matching, allow, null);
        return at + 1 < words.Count
            ? new(type, matching, allow, words[at + 1])
            : throw use.Refuse("memcg needs the path of a control group; allowed is allow|reject [non] memcg PATH");
    }
}
