using System.Security.Cryptography;

namespace Damon.Actors.Snapshots;

/// <summary>
/// The objects of a host's settings in a fixed order, and a hash over all that they say. A host refers to parts of its settings all
/// over; a snapshot holds the number of such a part, as whoever loads it gives the same settings again.
/// </summary>
/// <remarks>
/// The settings are walked as a tree: an object that is met twice counts twice. So the order and the hash depend on what the settings
/// say, not on which of their objects are the same.
/// </remarks>
internal sealed class SettingsTable : ObjectWriter
{
    private readonly List<object> _objects = [];
    private readonly Dictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The table of some settings.</summary>
    public SettingsTable(object settings)
    {
        WriteAll(settings);
        Hash = SHA256.HashData(Payload.Written)[..CodeVersion.Length];
    }

    /// <summary>A hash over all that the settings say.</summary>
    public byte[] Hash { get; }

    /// <summary>A part by its number.</summary>
    public object this[int number] => number < _objects.Count ? _objects[number] : throw PayloadReader.Inconsistent();

    /// <summary>The number of a part; null: the object is not a part of the settings.</summary>
    public int? NumberOf(object part) => _numbers.TryGetValue(part, out int number) ? number : null;

    public override void WriteReference(object? reference)
    {
        Payload.WriteNumber((ulong)(reference is null ? ReferenceKind.Null : ReferenceKind.New));
        if (reference is null) return;
        _numbers.TryAdd(reference, _objects.Count);
        _objects.Add(reference);
        WriteNew(reference);
    }
}
