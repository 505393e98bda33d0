namespace Damon.Actors.Snapshots;

/// <summary>A text: all of it is there from birth.</summary>
internal sealed class TextPlan : ObjectPlan
{
    public override void WriteBirth(ObjectWriter to, object born) => to.Payload.WriteText((string)born);

    public override object Create(ObjectReader from) => from.Payload.ReadText();

    public override void WriteContent(ObjectWriter to, object content)
    {
    }

    public override void ReadContent(ObjectReader from, object content)
    {
    }
}
