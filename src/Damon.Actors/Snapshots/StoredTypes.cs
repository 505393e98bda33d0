using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Damon.Model;

namespace Damon.Actors.Snapshots;

/// <summary>Which types snapshots can hold: those of the model and the actors, and the collections of .NET that these use.</summary>
internal static class StoredTypes
{
    private static readonly Assembly[] _own = [typeof(NodeId).Assembly, typeof(StoredTypes).Assembly];
    private static readonly ConcurrentDictionary<Type, bool> _plain = [];
    private static readonly ConcurrentDictionary<Type, ObjectPlan> _plans = [];

    private static readonly Dictionary<Type, Type> _collections = new()
    {
        [typeof(List<>)] = typeof(ListPlan<>),
        [typeof(Stack<>)] = typeof(StackPlan<>),
        [typeof(Queue<>)] = typeof(QueuePlan<>),
        [typeof(HashSet<>)] = typeof(HashSetPlan<>),
        [typeof(SortedSet<>)] = typeof(SortedSetPlan<>),
        [typeof(SortedList<,>)] = typeof(SortedListPlan<,>),
        [typeof(Dictionary<,>)] = typeof(DictionaryPlan<,>),
        [typeof(OrderedDictionary<,>)] = typeof(OrderedDictionaryPlan<,>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryPlan<,>),
        [typeof(System.Buffers.ArrayBufferWriter<>)] = typeof(BufferPlan<>),
    };

    /// <summary>The assemblies whose classes are stored field by field.</summary>
    public static ReadOnlySpan<Assembly> Own => _own;

    /// <summary>The plan of a type of objects.</summary>
    /// <exception cref="SnapshotException">No snapshot can hold such an object.</exception>
    public static ObjectPlan PlanOf(Type type) => _plans.GetOrAdd(type, MakePlan);

    /// <summary>Whether a type's memory says all: a number, an enum, or a struct of such.</summary>
    public static bool IsPlain(Type type) => _plain.GetOrAdd(type, FindWhetherPlain);

    /// <summary>Why no object can be stored that a reference of a type refers to; null: that depends on the object.</summary>
    public static string? RefusalOf(Type type)
    {
        if (type.IsAssignableTo(typeof(Delegate))) return "a snapshot cannot hold code";
        if (type.IsPointer || type.IsByRef || type.IsFunctionPointer) return "a snapshot cannot hold an address";
        if (type.IsArray) return type.IsSZArray ? RefusalOf(type.GetElementType()!) : "a snapshot holds arrays of one dimension only";
        bool isKnown = type == typeof(object) || type == typeof(string) || type.IsInterface || type.IsValueType
            || _own.AsSpan().Contains(type.Assembly) || IsCollection(type);
        return isKnown ? null : "a snapshot holds the model's and the actors' own objects, and collections of them";
    }

    /// <summary>Whether a type is one of the collections of .NET that can be stored.</summary>
    public static bool IsCollection(Type type) => type.IsGenericType && _collections.ContainsKey(type.GetGenericTypeDefinition());

    private static ObjectPlan MakePlan(Type type)
    {
        if (RefusalOf(type) is { } refusal || type.IsAbstract || type.IsValueType || type == typeof(object))
            throw new SnapshotException($"a snapshot cannot hold a {type}: {RefusalOf(type) ?? "it is not an object of its own"}");
        if (type == typeof(string)) return new TextPlan();
        if (type.IsArray) return new ArrayPlan(type);
        return IsCollection(type) ? MakeCollectionPlan(type) : new FieldsPlan(type);
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The code of the plan is among the compiled ones.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Plans ask nothing of their arguments.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "This assembly is kept whole.")]
    private static ObjectPlan MakeCollectionPlan(Type type)
    {
        (Type plan, Type[] arguments) = (_collections[type.GetGenericTypeDefinition()], type.GetGenericArguments());
        if (!CompiledPlans.Contains(plan, arguments))
            throw new SnapshotException($"a snapshot cannot hold a {type}: {nameof(CompiledPlans)} has none of its shape");
        return (ObjectPlan)Activator.CreateInstance(plan.MakeGenericType(arguments))!;
    }

    private static bool FindWhetherPlain(Type type)
    {
        if (type.IsEnum || type == typeof(UInt128)) return true;
        if (type.IsPrimitive) return type != typeof(nint) && type != typeof(nuint);
        return type.IsValueType && !type.IsByRefLike && StoredFields.Of(type).All(field => IsPlain(field.FieldType));
    }
}
