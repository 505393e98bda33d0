namespace Damon.Actors.Snapshots;

/// <summary>A class of the model or the actors: all its fields, the base class's first.</summary>
internal sealed class FieldsPlan(Type type) : ObjectPlan
{
    private readonly FieldLayout _fields = FieldLayout.Of(type);

    public override object Create(ObjectReader from) => RawObject.New(type);

    public override void WriteContent(ObjectWriter to, object content) => _fields.Write(to, content);

    public override void ReadContent(ObjectReader from, object content) => _fields.Read(from, content);
}
