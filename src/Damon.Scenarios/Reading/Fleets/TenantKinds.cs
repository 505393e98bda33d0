using System.Collections.Immutable;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>The kinds of tenants as the scenario describes them; each host reads their programs for its own machine.</summary>
/// <param name="Tenants">What the scenario says of tenants; null: nothing.</param>
/// <param name="All">The kinds, in the order of the file.</param>
internal sealed record TenantKinds(LayeredSection? Tenants, ImmutableArray<(string Name, LayeredSection Section)> All)
{
    /// <summary>The kinds of <c>fleet.tenants</c>.</summary>
    public static TenantKinds Of(LayeredSection? tenants, EachSections each)
    {
        if (tenants is null) return new TenantKinds(null, []);
        ImmutableArray<(string Name, LayeredSection Section)> all = [.. tenants.Entries("kinds", each, "tenant-kind")];
        if (all.IsEmpty) tenants.Refuse("kinds", "at least one kind of tenants");
        return new TenantKinds(tenants, all);
    }

    /// <summary>Index of the kind of a name; -1: there is none.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < All.Length; i++)
        {
            if (All[i].Name == name) return i;
        }

        return -1;
    }

    /// <summary>The names, for messages.</summary>
    public string Names => string.Join(", ", All.Select(kind => kind.Name));
}
