namespace Damon.Hocon.Resolution;

/// <summary>
/// Where substitutions are looked up: a root, and the chain of containers (innermost first) that leads from
/// the root to the value being resolved. A self-reference is resolved in a scope whose root has the
/// referring value replaced by what lies below it.
/// </summary>
internal sealed class Scope
{
    private readonly Link? _parents;

    public Scope(HoconObject root, Link? parents = null)
    {
        Root = root;
        _parents = parents;
    }

    /// <summary>A container and what contains it.</summary>
    public sealed record Link(HoconValue Container, Link? Outer);

    public HoconObject Root { get; }

    /// <summary>The scope for the children of a container. Containers that were not reached from the root are not followed.</summary>
    public Scope Inside(HoconValue container)
    {
        if (_parents is null) return ReferenceEquals(container, Root) ? new Scope(Root, new Link(container, null)) : this;
        return new Scope(Root, new Link(container, _parents));
    }

    /// <summary>The scope in which a value of the current container is replaced, or is gone when the replacement is null.</summary>
    public Scope WithReplaced(HoconValue value, HoconValue? replacement)
    {
        if (_parents is null) return this;
        Link link = _parents;
        HoconValue? rebuilt = ((IContainer)link.Container).WithChild(value, replacement);
        while (link.Outer is { } outer)
        {
            rebuilt = ((IContainer)outer.Container).WithChild(link.Container, rebuilt);
            link = outer;
        }

        return new Scope(rebuilt as HoconObject ?? HoconObject.Empty(Root.Origin));
    }
}
