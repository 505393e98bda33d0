namespace Damon.Actors.Snapshots;

/// <summary>Reads what a <see cref="StateWriter"/> has written.</summary>
/// <param name="payload">The bytes.</param>
/// <param name="settings">The settings' objects.</param>
internal sealed class ObjectReader(PayloadReader payload, SettingsTable settings)
{
    private readonly List<object> _known = [];
    private readonly List<ObjectPlan> _plans = [];
    private readonly Queue<(ObjectPlan Plan, object Content)> _pending = [];

    /// <summary>The bytes.</summary>
    public PayloadReader Payload { get; } = payload;

    /// <summary>Reads an object with all that it refers to.</summary>
    public T ReadAll<T>()
        where T : class
    {
        object? root = ReadReference(typeof(T));
        while (_pending.TryDequeue(out (ObjectPlan Plan, object Content) next)) next.Plan.ReadContent(this, next.Content);
        return root is T all && Payload.IsAtEnd ? all : throw PayloadReader.Inconsistent();
    }

    /// <summary>Reads a reference, and makes its object if it is new.</summary>
    /// <param name="expected">What the one who refers to it takes.</param>
    public object? ReadReference(Type expected)
    {
        int kind = Payload.ReadCount();
        object? reference = kind switch
        {
            (int)ReferenceKind.Null => null,
            (int)ReferenceKind.New => ReadNew(),
            (int)ReferenceKind.Setting => settings[Payload.ReadCount()],
            _ => kind - (int)ReferenceKind.Known < _known.Count ? _known[kind - (int)ReferenceKind.Known] : throw PayloadReader.Inconsistent(),
        };
        return reference is null || expected.IsInstanceOfType(reference) ? reference : throw PayloadReader.Inconsistent();
    }

    private object ReadNew()
    {
        int number = Payload.ReadCount();
        if (number == _plans.Count)
        {
            _plans.Add(StoredTypes.PlanOf(TypeTable.Read(Payload)));
        }

        if (number >= _plans.Count) throw PayloadReader.Inconsistent();
        ObjectPlan plan = _plans[number];
        object born = plan.Create(this);
        _known.Add(born);
        _pending.Enqueue((plan, born));
        return born;
    }
}
