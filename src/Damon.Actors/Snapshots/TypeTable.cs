using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Damon.Model;

namespace Damon.Actors.Snapshots;

/// <summary>Names of types, in short: those of the model and the actors by their full names, and the few of .NET that snapshots know.</summary>
internal static class TypeTable
{
    private static readonly Assembly _model = typeof(NodeId).Assembly;
    private static readonly Assembly _actors = typeof(TypeTable).Assembly;

    private static readonly Type[] _known =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(UInt128), typeof(float), typeof(double), typeof(string), typeof(Nullable<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>),
        typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(List<>), typeof(Stack<>), typeof(Queue<>), typeof(HashSet<>),
        typeof(SortedSet<>), typeof(SortedList<,>), typeof(Dictionary<,>), typeof(OrderedDictionary<,>), typeof(ImmutableDictionary<,>),
        typeof(System.Buffers.ArrayBufferWriter<>),
        // As the reply of a request: no object is of an interface, but the port that answers is named after it.
        typeof(IReadOnlyList<>),
    ];

    private enum Origin
    {
        Model,
        Actors,
        Array,
        Known,
    }

    public static void Write(PayloadWriter to, Type type)
    {
        if (type.IsArray)
        {
            to.WriteNumber((ulong)Origin.Array);
            Write(to, type.GetElementType()!);
            return;
        }

        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        int known = Array.IndexOf(_known, definition);
        if (known < 0 && type.Assembly != _model && type.Assembly != _actors)
            throw new SnapshotException($"a snapshot cannot hold a {type}: it is not of the model or the actors");
        to.WriteNumber((ulong)(known >= 0 ? (int)Origin.Known + known : type.Assembly == _model ? (int)Origin.Model : (int)Origin.Actors));
        if (known < 0) to.WriteText(definition.FullName!);
        foreach (Type argument in type.GetGenericArguments()) Write(to, argument);
    }

    /// <summary>The type of a name.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Whoever wrote it runs the same code, and had an object of the type.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The model's and the actors' assemblies are kept whole.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The model's and the actors' assemblies are kept whole.")]
    public static Type Read(PayloadReader from)
    {
        int origin = from.ReadCount();
        if (origin == (int)Origin.Array) return Read(from).MakeArrayType();
        if (origin - (int)Origin.Known >= _known.Length) throw PayloadReader.Inconsistent();
        Type? definition = origin >= (int)Origin.Known
            ? _known[origin - (int)Origin.Known]
            : (origin == (int)Origin.Model ? _model : _actors).GetType(from.ReadText());
        if (definition is null) throw PayloadReader.Inconsistent();
        if (!definition.IsGenericTypeDefinition) return definition;
        Type[] arguments = new Type[definition.GetGenericArguments().Length];
        for (int i = 0; i < arguments.Length; i++) arguments[i] = Read(from);
        return definition.MakeGenericType(arguments);
    }
}
