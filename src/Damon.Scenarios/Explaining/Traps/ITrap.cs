namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A known way in which a configuration does something else than its writer meant.</summary>
public interface ITrap
{
    /// <summary>Its name, as in the documentation: a few words in lower case.</summary>
    string Name { get; }

    /// <summary>Where a configuration walks into it.</summary>
    /// <param name="configuration">The configuration.</param>
    IEnumerable<Finding> Find(Configuration configuration);
}
