namespace Damon.Actors.Snapshots;

/// <summary>
/// How objects of one type are stored. An object is born where it is met first, with as much as is needed to make it; its content follows
/// later, so that objects may refer to each other in circles, and a chain of them needs no stack.
/// </summary>
internal abstract class ObjectPlan
{
    /// <summary>Writes what <see cref="Create"/> needs.</summary>
    public virtual void WriteBirth(ObjectWriter to, object born)
    {
    }

    /// <summary>Makes an object that refers to nothing yet.</summary>
    public abstract object Create(ObjectReader from);

    public abstract void WriteContent(ObjectWriter to, object content);

    public abstract void ReadContent(ObjectReader from, object content);
}
