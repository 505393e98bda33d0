using Damon.Hocon.Reading;

namespace Damon.Scenarios.Reading;

/// <summary>What reference.conf says under <c>each</c>: the keys and defaults of objects that come in numbers.</summary>
internal sealed class EachSections
{
    private readonly HoconSection _each;
    private readonly Dictionary<string, HoconSection> _opened = [];

    public EachSections(HoconSection each, KeyLog? log)
    {
        _each = each;
        Log = log;

        // All of them are known; which of them are needed, the scenario decides.
        foreach (string name in each.Object.Keys) each.Has(name);
    }

    /// <summary>Notes what keys are asked for; null: nobody does.</summary>
    public KeyLog? Log { get; }

    /// <summary>The keys and defaults of one such object, such as a workload.</summary>
    public HoconSection this[string name]
    {
        get
        {
            if (!_opened.TryGetValue(name, out HoconSection? section)) _opened.Add(name, section = _each.GetSection(name));
            return section;
        }
    }
}
