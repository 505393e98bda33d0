using Microsoft.Extensions.Configuration;

namespace Damon.Hocon.Configuration;

/// <summary>A HOCON file as a source of configuration.</summary>
/// <param name="Path">The file.</param>
/// <param name="Optional">Whether it may be missing.</param>
/// <param name="Options">How to read it.</param>
public sealed record HoconConfigurationSource(string Path, bool Optional, HoconOptions Options) : IConfigurationSource
{
    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(this);
}
