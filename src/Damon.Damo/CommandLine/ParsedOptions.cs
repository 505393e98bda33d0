namespace Damon.Damo.CommandLine;

/// <summary>A command line after parsing: the uses of every option in order, and the one positional word.</summary>
public sealed class ParsedOptions
{
    private readonly Dictionary<string, List<OptionUse>> _uses = new(StringComparer.Ordinal);

    internal ParsedOptions(DamoVerb verb) => Verb = verb;

    /// <summary>The command.</summary>
    public DamoVerb Verb { get; }

    /// <summary>The positional word (the "deducible target"), or null.</summary>
    public string? Positional { get; internal set; }

    /// <summary>Index in argv of the positional word.</summary>
    public int PositionalIndex { get; internal set; }

    /// <summary>Names of the options that were used.</summary>
    public IEnumerable<string> Names => _uses.Keys;

    /// <summary>All uses of an option that count, in order: one at most when a later use replaces an earlier.</summary>
    /// <param name="name">The long name, without dashes.</param>
    public IReadOnlyList<OptionUse> Uses(string name) => _uses.TryGetValue(name, out List<OptionUse>? uses) ? uses : [];

    /// <summary>The n-th use of an option, or null.</summary>
    /// <param name="name">The long name, without dashes.</param>
    /// <param name="index">Index of the use.</param>
    public OptionUse? Use(string name, int index = 0) =>
        _uses.TryGetValue(name, out List<OptionUse>? uses) && index < uses.Count ? uses[index] : null;

    /// <summary>True when the option was used.</summary>
    /// <param name="name">The long name, without dashes.</param>
    public bool Has(string name) => _uses.ContainsKey(name);

    internal void Add(OptionUse use)
    {
        if (!_uses.TryGetValue(use.Option.Name, out List<OptionUse>? uses)) _uses.Add(use.Option.Name, uses = []);
        if (!use.Option.Appends) uses.Clear();
        uses.Add(use);
    }
}
