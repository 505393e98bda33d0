namespace Damon.Actors.Snapshots;

/// <summary>Writes state: each object once, and what is a part of the settings as its number there.</summary>
/// <param name="settings">The settings' objects.</param>
internal sealed class StateWriter(SettingsTable settings) : ObjectWriter
{
    private readonly Dictionary<object, int> _known = new(ReferenceEqualityComparer.Instance);

    public override void WriteReference(object? reference)
    {
        if (reference is null)
        {
            Payload.WriteNumber((ulong)ReferenceKind.Null);
        }
        else if (_known.TryGetValue(reference, out int number))
        {
            Payload.WriteNumber((ulong)((int)ReferenceKind.Known + number));
        }
        else if (settings.NumberOf(reference) is { } setting)
        {
            Payload.WriteNumber((ulong)ReferenceKind.Setting);
            Payload.WriteNumber((ulong)setting);
        }
        else
        {
            _known.Add(reference, _known.Count);
            Payload.WriteNumber((ulong)ReferenceKind.New);
            WriteNew(reference);
        }
    }
}

/// <summary>What a reference refers to; from <see cref="Known"/> on, to an object that has been met, by its number.</summary>
internal enum ReferenceKind
{
    Null,
    New,
    Setting,
    Known,
}
