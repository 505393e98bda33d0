using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Damon.Hocon.Resolution;

/// <summary>
/// Replaces every substitution of a document by its value (spec: substitutions, self-referential
/// substitutions). A lookup resolves only the part of the tree that its path leads through; what was
/// resolved once is remembered; a substitution that is met while it is being resolved closes a cycle.
/// </summary>
internal sealed class Resolver
{
    /// <summary>Most lookups in a document. Only optional substitutions that form many cycles at once come near.</summary>
    private const int LookupsMax = 1 << 18;

    private readonly HoconOptions _options;
    private readonly Dictionary<Key, HoconValue> _known = [];
    private readonly List<Key> _knownInOrder = [];
    private readonly HashSet<Substitution> _underWay = new(ReferenceEqualityComparer.Instance);

    private int _lookups;

    private Resolver(HoconOptions options) => _options = options;

    /// <summary>The document without substitutions.</summary>
    public static HoconObject Resolve(HoconObject root, HoconOptions options)
    {
        if (root.IsResolved) return root;
        Resolver resolver = new(options);
        return (HoconObject)resolver.Resolve(root, new Scope(root), null)!;
    }

    /// <summary>
    /// A value without its substitutions, or null when it consists of optional ones without a value. With
    /// <paramref name="only"/> just what lies on that path below the value is resolved, its last element excluded.
    /// </summary>
    private HoconValue? Resolve(HoconValue value, Scope scope, HoconPath? only)
    {
        if (TryRecall(value, only, out HoconValue? known)) return known;
        Nesting.Check(value.Origin);
        HoconValue? resolved = value switch
        {
            Substitution substitution => ResolveSubstitution(substitution, scope, only),
            Concatenation concatenation => ResolveConcatenation(concatenation, scope.Inside(concatenation)),
            MergeStack stack => ResolveStack(stack, scope, only),
            HoconObject fields when only is null => ResolveObject(fields, scope.Inside(fields)),
            HoconObject fields => ResolveChild(fields, scope.Inside(fields), only),
            HoconArray items => only is null ? ResolveArray(items, scope.Inside(items)) : items,
            _ => throw new InvalidOperationException($"{value.Origin}: no rule resolves a {value.GetType().Name}"),
        };
        if (resolved is null) return null;
        if (resolved.Weight > Nesting.WeightMax) throw Nesting.TooLarge(value.Origin);
        Remember(new Key(value, resolved.IsResolved ? null : only), resolved);
        return resolved;
    }

    private HoconObject ResolveObject(HoconObject fields, Scope scope)
    {
        OrderedDictionary<string, HoconValue> resolved = new(fields.Count);
        foreach (KeyValuePair<string, HoconValue> field in fields)
        {
            if (Resolve(field.Value, scope, null) is { } value) resolved.Add(field.Key, value);
        }

        return new HoconObject(fields.Origin, resolved, fields.IgnoresFallbacks);
    }

    /// <summary>The object with just the child resolved that a path leads through.</summary>
    private HoconObject ResolveChild(HoconObject fields, Scope scope, HoconPath path)
    {
        if (path.Rest is not { } rest || !fields.TryGetValue(path.First, out HoconValue? child)) return fields;
        HoconValue? resolved = Resolve(child, scope, rest);
        return ReferenceEquals(resolved, child) ? fields : (HoconObject)((IContainer)fields).WithChild(child, resolved)!;
    }

    private HoconArray ResolveArray(HoconArray items, Scope scope)
    {
        List<HoconValue> resolved = new(items.Count);
        foreach (HoconValue item in items)
        {
            if (Resolve(item, scope, null) is { } value) resolved.Add(value);
        }

        return new HoconArray(items.Origin, [.. resolved]);
    }

    private HoconValue? ResolveConcatenation(Concatenation concatenation, Scope scope)
    {
        List<HoconValue> pieces = new(concatenation.Pieces.Length);
        foreach (HoconValue piece in concatenation.Pieces)
        {
            // Joining needs the pieces as a whole, whatever part of the outcome is asked for.
            if (Resolve(piece, scope, null) is { } value) pieces.Add(value);
        }

        return Concatenation.Of(pieces);
    }

    private HoconValue? ResolveStack(MergeStack stack, Scope scope, HoconPath? only)
    {
        HoconValue? merged = null;
        for (int i = 0; i < stack.Layers.Length; i++)
        {
            HoconValue layer = stack.Layers[i];
            if (!TryRecall(layer, only, out HoconValue? resolved))
            {
                // A layer that refers to its own place means what lies below it.
                Scope inner = layer is Pending ? scope.WithReplaced(stack, stack.Below(i + 1)) : scope.Inside(stack);
                resolved = Resolve(layer, inner, only);
            }

            if (resolved is not null) merged = merged is null ? resolved : merged.WithFallback(resolved);
        }

        return merged;
    }

    private HoconValue? ResolveSubstitution(Substitution substitution, Scope scope, HoconPath? only)
    {
        if (++_lookups > LookupsMax) throw Nesting.TooLarge(substitution.Origin);
        if (!_underWay.Add(substitution)) throw new CycleException(substitution);
        int mark = _knownInOrder.Count;
        HoconValue? value;
        try
        {
            value = Find(substitution, scope, only) ?? FromEnvironment(substitution);
        }
        catch (CycleException) when (substitution.Optional)
        {
            // What was learned on the way round a cycle holds only there.
            Forget(mark);
            value = null;
        }
        catch (CycleException cycle)
        {
            throw new HoconException(
                HoconErrorKind.Unresolved,
                substitution.Origin,
                $"{substitution} is part of a cycle: it needs {cycle.At} at {cycle.At.Origin}, which needs it");
        }
        finally
        {
            _underWay.Remove(substitution);
        }

        if (value is null && !substitution.Optional)
        {
            throw new HoconException(HoconErrorKind.Unresolved, substitution.Origin, $"{substitution} has no value");
        }

        return value;
    }

    private HoconValue? Find(Substitution substitution, Scope scope, HoconPath? only)
    {
        Found found = Lookup(scope, substitution.Path);
        if (found.Value is null && substitution.PrefixLength > 0) found = Lookup(scope, substitution.Path.Skip(substitution.PrefixLength));
        if (found.Value is null) return null;
        return Resolve(found.Value, new Scope(found.Root, found.Parents), only);
    }

    private HoconString? FromEnvironment(Substitution substitution)
    {
        if (_options.Environment is null) return null;
        string name = substitution.Path.Skip(substitution.PrefixLength).ToString();
        if (_options.Environment(name) is not { } text) return null;
        return new HoconString(new HoconOrigin($"environment variable {name}", 0, 0), text, quoted: true);
    }

    private Found Lookup(Scope scope, HoconPath path)
    {
        HoconValue? value = Resolve(scope.Root, new Scope(scope.Root), path);
        HoconObject root = (HoconObject)value!;
        Scope.Link? parents = null;
        for (HoconPath? rest = path; rest is not null; rest = rest.Rest)
        {
            HoconValue? container = value;
            if (container is not (HoconObject or MergeStack { IsObject: true })) return default;
            parents = new Scope.Link(container, parents);
            value = Peek(container, rest.First);
        }

        return new Found(root, parents, value);
    }

    /// <summary>A child of an object, or of a merge whose outcome is certainly an object.</summary>
    private static HoconValue? Peek(HoconValue container, string key)
    {
        if (container is HoconObject fields) return fields.TryGetValue(key, out HoconValue? value) ? value : null;
        foreach (HoconValue layer in ((MergeStack)container).Layers)
        {
            if (layer is not HoconObject layerFields) return null;
            if (layerFields.TryGetValue(key, out HoconValue? value) && value.IgnoresFallbacks) return value;
        }

        return null;
    }

    /// <summary>The outcome for a value, if it needs no resolution or was resolved before.</summary>
    private bool TryRecall(HoconValue value, HoconPath? only, [NotNullWhen(true)] out HoconValue? known)
    {
        known = value;
        return value.IsResolved
            || _known.TryGetValue(new Key(value, null), out known)
            || (only is not null && _known.TryGetValue(new Key(value, only), out known));
    }

    private void Remember(Key key, HoconValue value)
    {
        _known[key] = value;
        _knownInOrder.Add(key);
    }

    private void Forget(int mark)
    {
        for (int i = mark; i < _knownInOrder.Count; i++) _known.Remove(_knownInOrder[i]);
        _knownInOrder.RemoveRange(mark, _knownInOrder.Count - mark);
    }

    /// <summary>A value by identity, and the path to which its resolution was restricted.</summary>
    private readonly struct Key(HoconValue value, HoconPath? only) : IEquatable<Key>
    {
        private readonly HoconValue _value = value;
        private readonly HoconPath? _only = only;

        public bool Equals(Key other) => ReferenceEquals(_value, other._value) && Equals(_only, other._only);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() =>
            RuntimeHelpers.GetHashCode(_value) ^ (_only is null ? 0 : _only.GetHashCode());
    }

    private readonly record struct Found(HoconObject Root, Scope.Link? Parents, HoconValue? Value);

    /// <summary>A substitution was needed to resolve itself. Never leaves the resolver.</summary>
    private sealed class CycleException(Substitution at) : Exception
    {
        public Substitution At { get; } = at;
    }
}
