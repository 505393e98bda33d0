using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Damon.Actors.Runtime;

namespace Damon.Actors.Snapshots;

/// <summary>
/// The fields of types. A program that is compiled ahead of time knows those of the model's and the actors' types, as it keeps these
/// assemblies whole; but of generic types only where they are listed here.
/// </summary>
internal static class StoredFields
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] _generic =
    [
        Kept(typeof(Nullable<>)), Kept(typeof(ValueTuple<,>)), Kept(typeof(ValueTuple<,,>)), Kept(typeof(KeyValuePair<,>)),
        Kept(typeof(ImmutableArray<>)), Kept(typeof(Mailbox<>)), Kept(typeof(Mailbox<>.Slot)), Kept(typeof(ReplyPort<,>)),
        Kept(typeof(Responder<,>)), Kept(typeof(ReceiveAny<>)), Kept(typeof(RespondAny<,>)),
    ];

    /// <summary>The fields of a class or struct by their names, the base class's first.</summary>
    /// <exception cref="SnapshotException">They might not all be known.</exception>
    public static IReadOnlyList<FieldInfo> Of(Type type)
    {
        List<FieldInfo> fields = [];
        for (Type? owner = type; owner is not null && owner != typeof(object) && owner != typeof(ValueType); owner = owner.BaseType)
            fields.InsertRange(0, DeclaredBy(owner));
        return fields;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The type is kept whole, or listed.")]
    private static IEnumerable<FieldInfo> DeclaredBy(Type type)
    {
        bool isKnown = type.IsGenericType ? _generic.Contains(type.GetGenericTypeDefinition()) : StoredTypes.Own.Contains(type.Assembly);
        return isKnown
            ? type.GetFields(OwnFields).OrderBy(field => field.Name, StringComparer.Ordinal)
            : throw new SnapshotException($"a snapshot cannot hold a {type}: {nameof(StoredFields)} does not list it");
    }

    private static Type Kept([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)] Type generic) => generic;
}
