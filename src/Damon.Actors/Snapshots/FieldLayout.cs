using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Damon.Model.Snapshots;

namespace Damon.Actors.Snapshots;

/// <summary>
/// The fields of a class or struct in a fixed order. Made once for a type, so that what no snapshot can hold is refused when the type
/// is met first.
/// </summary>
internal sealed class FieldLayout
{
    private readonly List<Place> _places = [];

    private FieldLayout()
    {
    }

    /// <summary>The static types of all references, for who wants to see every type that can be met.</summary>
    public IEnumerable<Type> References => _places.SelectMany(place => place.Kind switch
    {
        PlaceKind.Reference => [place.Type],
        PlaceKind.Struct => place.Inner!.References,
        _ => Array.Empty<Type>(),
    });

    /// <summary>The layout of a type.</summary>
    /// <exception cref="SnapshotException">A field holds what no snapshot can hold.</exception>
    public static FieldLayout Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is not null)
            throw new SnapshotException($"a snapshot cannot hold a {type}: an optional struct with references in it");
        FieldLayout layout = new();
        foreach (FieldInfo field in StoredFields.Of(type)) layout.Add(field);
        return layout;
    }

    /// <summary>Writes the fields of an object, or of a struct in a box.</summary>
    public void Write(ObjectWriter to, object owner)
    {
        foreach (Place place in _places)
        {
            if (place.Kind == PlaceKind.Empty) continue;
            object? value = place.Field.GetValue(owner);
            if (place.Kind == PlaceKind.Reference) to.WriteReference(value);
            else if (place.Kind == PlaceKind.Struct) place.Inner!.Write(to, value!);
            else WritePlain(to.Payload, place, value);
        }
    }

    /// <summary>Fills the fields of an object, or of a struct in a box.</summary>
    public void Read(ObjectReader from, object owner)
    {
        foreach (Place place in _places)
        {
            place.Field.SetValue(owner, place.Kind switch
            {
                PlaceKind.Reference => from.ReadReference(place.Type),
                PlaceKind.Empty => Empty(from, place.Type),
                PlaceKind.Struct => ReadStruct(from, place),
                _ => ReadPlain(from.Payload, place),
            });
        }
    }

    private static void WritePlain(PayloadWriter to, Place place, object? value)
    {
        if (place.Kind == PlaceKind.Optional) to.WriteNumber(value is null ? 0ul : 1);
        if (value is not null) to.Write(MemoryMarshal.CreateReadOnlySpan(ref RawObject.Memory(value), place.Size));
    }

    private static object? ReadPlain(PayloadReader from, Place place)
    {
        if (place.Kind == PlaceKind.Optional)
        {
            ulong isThere = from.ReadNumber();
            if (isThere == 0) return null;
            if (isThere > 1) throw PayloadReader.Inconsistent();
        }

        object value = RawObject.New(place.Type);
        from.Read(MemoryMarshal.CreateSpan(ref RawObject.Memory(value), place.Size));
        return value;
    }

    private static object ReadStruct(ObjectReader from, Place place)
    {
        object value = RawObject.New(place.Type);
        place.Inner!.Read(from, value);
        return value;
    }

    private void Add(FieldInfo field)
    {
        Type type = field.FieldType;
        if (field.GetCustomAttribute<NotInSnapshotAttribute>() is { } left)
        {
            if (left.Becomes == Rebuilt.AsEmpty) _places.Add(new Place(PlaceKind.Empty, field, type));
        }
        else if (StoredTypes.IsPlain(type))
        {
            _places.Add(Nullable.GetUnderlyingType(type) is { } there
                ? new Place(PlaceKind.Optional, field, there)
                : new Place(PlaceKind.Plain, field, type));
        }
        else if (type.IsValueType)
        {
            _places.Add(new Place(PlaceKind.Struct, field, type));
        }
        else
        {
            if (StoredTypes.RefusalOf(type) is { } refusal)
                throw new SnapshotException($"{field.DeclaringType}.{field.Name} is a {type}: {refusal}");
            _places.Add(new Place(PlaceKind.Reference, field, type));
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "All types are of assemblies that are kept whole.")]
    private static object Empty(ObjectReader from, Type type)
    {
        if (type.IsArray) return Array.CreateInstanceFromArrayType(type, 0);
        return StoredTypes.IsCollection(type) ? StoredTypes.PlanOf(type).Create(from) : Activator.CreateInstance(type)!;
    }

    private enum PlaceKind
    {
        Plain,
        Optional,
        Struct,
        Reference,
        Empty,
    }

    /// <summary>A field.</summary>
    /// <param name="Kind">How it is stored.</param>
    /// <param name="Field">The field.</param>
    /// <param name="Type">What it holds, when it holds something.</param>
    private sealed record Place(PlaceKind Kind, FieldInfo Field, Type Type)
    {
        /// <summary>Length of a plain value, bytes.</summary>
        public int Size { get; } = Kind is PlaceKind.Plain or PlaceKind.Optional ? RuntimeHelpers.SizeOf(Type.TypeHandle) : 0;

        /// <summary>The fields of a struct with references in it.</summary>
        public FieldLayout? Inner { get; } = Kind == PlaceKind.Struct ? Of(Type) : null;
    }
}
