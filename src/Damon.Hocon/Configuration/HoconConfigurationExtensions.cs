using Microsoft.Extensions.Configuration;

namespace Damon.Hocon.Configuration;

/// <summary>Adds HOCON files to a configuration.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>Adds a HOCON file, read when the configuration is built.</summary>
    /// <param name="builder">The configuration under construction.</param>
    /// <param name="path">The file; relative to the current directory.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, string path, bool optional = false, HoconOptions? options = null) =>
        builder.Add(new HoconConfigurationSource(path, optional, options ?? HoconOptions.Default));
}
