using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Damon.Actors.Snapshots;

/// <summary>Objects that are made without their constructor, and their memory.</summary>
internal sealed class RawObject
{
    private byte _first;

    private RawObject()
    {
    }

    /// <summary>An object, or a struct in a box, of which all is zero.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The model's and the actors' assemblies are kept whole.")]
    public static object New(Type type) => RuntimeHelpers.GetUninitializedObject(type);

    /// <summary>Where a struct in a box begins.</summary>
    public static ref byte Memory(object box) => ref Unsafe.As<RawObject>(box)._first;
}
