using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Damon.Model.Snapshots;

namespace Damon.Actors.Snapshots;

/// <summary>
/// The fields of a class or struct in a fixed order, those of structs inside it in their place: stretches of plain memory and
/// references. Made once for a type, so that what no snapshot can hold is refused when the type is met first.
/// </summary>
internal sealed class FieldLayout
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<Place> _places = [];

    private FieldLayout()
    {
    }

    /// <summary>The static types of all references, for who wants to see every type that can be met.</summary>
    public IEnumerable<Type> References => _places.Where(place => place.Kind == PlaceKind.Reference).Select(place => place.Type);

    /// <summary>The layout of a type.</summary>
    /// <exception cref="SnapshotException">A field holds what no snapshot can hold.</exception>
    public static FieldLayout Of(Type type)
    {
        FieldLayout layout = new();
        layout.AddFields(type, 0);
        return layout;
    }

    /// <summary>Writes the fields that lie in memory from a place on.</summary>
    public void Write(ObjectWriter to, ref byte first)
    {
        foreach (Place place in _places)
        {
            ref byte field = ref Unsafe.Add(ref first, place.Offset);
            if (place.Kind == PlaceKind.Plain) to.Payload.Write(MemoryMarshal.CreateReadOnlySpan(ref field, place.Size));
            else if (place.Kind == PlaceKind.Reference) to.WriteReference(Unsafe.As<byte, object?>(ref field));
        }
    }

    /// <summary>Fills the fields that lie in memory from a place on.</summary>
    public void Read(ObjectReader from, ref byte first)
    {
        foreach (Place place in _places)
        {
            ref byte field = ref Unsafe.Add(ref first, place.Offset);
            if (place.Kind == PlaceKind.Plain) from.Payload.Read(MemoryMarshal.CreateSpan(ref field, place.Size));
            else Unsafe.As<byte, object?>(ref field) = place.Kind == PlaceKind.Empty ? Empty(place.Type) : from.ReadReference(place.Type);
        }
    }

    private void AddFields(Type type, int offset)
    {
        if (Nullable.GetUnderlyingType(type) is not null)
            throw new SnapshotException($"a snapshot cannot hold a {type}: an optional struct with references in it");
        List<FieldInfo> fields = [];
        for (Type? owner = type; owner is not null; owner = owner.BaseType) fields.InsertRange(0, owner.GetFields(OwnFields).OrderBy(field => field.MetadataToken));
        int[] offsets = RawObject.OffsetsOf(type, fields);
        for (int i = 0; i < fields.Count; i++) Add(fields[i], offset + offsets[i]);
    }

    private void Add(FieldInfo field, int offset)
    {
        Type type = field.FieldType;
        if (field.GetCustomAttribute<NotInSnapshotAttribute>() is { } left)
        {
            if (left.Becomes == Rebuilt.AsEmpty) _places.Add(new Place(PlaceKind.Empty, offset, 0, type));
        }
        else if (StoredTypes.IsPlain(type))
        {
            _places.Add(new Place(PlaceKind.Plain, offset, RuntimeHelpers.SizeOf(type.TypeHandle), type));
        }
        else if (type.IsValueType)
        {
            AddFields(type, offset);
        }
        else
        {
            if (StoredTypes.RefusalOf(type) is { } refusal)
                throw new SnapshotException($"{field.DeclaringType}.{field.Name} is a {type}: {refusal}");
            _places.Add(new Place(PlaceKind.Reference, offset, 0, type));
        }
    }

    private static object Empty(Type type) =>
        type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0) : Activator.CreateInstance(type)!;

    private enum PlaceKind
    {
        Plain,
        Reference,
        Empty,
    }

    private readonly record struct Place(PlaceKind Kind, int Offset, int Size, Type Type);
}
