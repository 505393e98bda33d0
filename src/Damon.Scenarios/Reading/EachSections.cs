using Damon.Hocon.Reading;

namespace Damon.Scenarios.Reading;

/// <summary>What reference.conf says under <c>each</c>: the keys and defaults of objects that come in numbers.</summary>
internal sealed class EachSections(HoconSection each)
{
    private readonly Dictionary<string, HoconSection> _opened = [];

    /// <summary>The keys and defaults of one such object, such as a workload.</summary>
    public HoconSection this[string name]
    {
        get
        {
            if (!_opened.TryGetValue(name, out HoconSection? section)) _opened.Add(name, section = each.GetSection(name));
            return section;
        }
    }

    /// <summary>All names there are.</summary>
    public IEnumerable<string> Names => each.Object.Keys;
}
