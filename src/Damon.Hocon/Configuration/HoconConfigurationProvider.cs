using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Damon.Hocon.Configuration;

/// <summary>
/// Flattens a HOCON file to keys such as <c>hosts:0:memory</c>. Numbers and booleans keep the text that was
/// written; null, <c>{}</c> and <c>[]</c> become keys without a value.
/// </summary>
public sealed class HoconConfigurationProvider(HoconConfigurationSource source) : ConfigurationProvider
{
    /// <summary>Reads the file anew.</summary>
    /// <exception cref="HoconException">The file is missing and not optional, or is no good HOCON.</exception>
    public override void Load()
    {
        Dictionary<string, string?> data = new(StringComparer.OrdinalIgnoreCase);
        bool absent = source.Optional && !source.Options.Files.Exists(source.Path);
        if (!absent) Flatten(HoconDocument.Load(source.Path, source.Options), "", data);
        Data = data;
    }

    private static void Flatten(HoconValue value, string key, Dictionary<string, string?> data)
    {
        Nesting.Check(value.Origin);
        switch (value)
        {
            case HoconObject { Count: > 0 } fields:
                foreach (KeyValuePair<string, HoconValue> field in fields) Flatten(field.Value, Below(key, field.Key), data);
                break;
            case HoconArray { Count: > 0 } items:
                for (int i = 0; i < items.Count; i++) Flatten(items[i], Below(key, i.ToString(CultureInfo.InvariantCulture)), data);
                break;
            default:
                if (key.Length > 0) data[key] = value is HoconNull ? null : value.ConcatenationText;
                break;
        }
    }

    private static string Below(string key, string child) => key.Length == 0 ? child : ConfigurationPath.Combine(key, child);
}
