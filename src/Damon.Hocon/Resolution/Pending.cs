namespace Damon.Hocon.Resolution;

/// <summary>A value that is not known before substitutions are resolved: it can turn out to be of any kind, or to be nothing.</summary>
internal abstract class Pending(HoconOrigin origin) : HoconValue(origin)
{
    public override HoconKind Kind => throw new InvalidOperationException($"{Origin}: the kind of an unresolved value was asked for");

    internal override bool IsResolved => false;

    internal override bool IgnoresFallbacks => false;
}
