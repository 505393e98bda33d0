namespace Damon.Actors.Snapshots;

/// <summary>Writes a graph of objects. What a reference becomes is told by who derives from this.</summary>
internal abstract class ObjectWriter
{
    private readonly Dictionary<Type, int> _types = [];
    private readonly Queue<(ObjectPlan Plan, object Content)> _pending = [];

    /// <summary>Where everything goes.</summary>
    public PayloadWriter Payload { get; } = new();

    /// <summary>Writes a reference, and its object if it is new.</summary>
    public abstract void WriteReference(object? reference);

    /// <summary>Writes an object with all that it refers to.</summary>
    public void WriteAll(object root)
    {
        WriteReference(root);
        while (_pending.TryDequeue(out (ObjectPlan Plan, object Content) next)) WriteContent(next.Plan, next.Content);
    }

    /// <summary>Writes a new object, its content later.</summary>
    protected void WriteNew(object born)
    {
        Type type = born.GetType();
        ObjectPlan plan = StoredTypes.PlanOf(type);
        if (_types.TryGetValue(type, out int number))
        {
            Payload.WriteNumber((ulong)number);
        }
        else
        {
            Payload.WriteNumber((ulong)_types.Count);
            _types.Add(type, _types.Count);
            TypeTable.Write(Payload, type);
        }

        plan.WriteBirth(this, born);
        _pending.Enqueue((plan, born));
    }

    private void WriteContent(ObjectPlan plan, object content)
    {
        try
        {
            plan.WriteContent(this, content);
        }
        catch (SnapshotException refusal)
        {
            throw new SnapshotException($"{refusal.Message}; met in a {content.GetType()}", refusal);
        }
    }
}
