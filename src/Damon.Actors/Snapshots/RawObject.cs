using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Damon.Actors.Snapshots;

/// <summary>The memory of an object's fields.</summary>
internal sealed class RawObject
{
    private byte _first;

    private RawObject()
    {
    }

    /// <summary>Where an object's fields begin; for a boxed struct, where the struct begins.</summary>
    public static ref byte FirstField(object of) => ref Unsafe.As<RawObject>(of)._first;

    /// <summary>How far fields lie behind <see cref="FirstField"/>, bytes.</summary>
    /// <param name="type">A class that can be made, or a struct.</param>
    /// <param name="fields">Its fields, inherited ones too.</param>
    public static int[] OffsetsOf(Type type, IReadOnlyList<FieldInfo> fields)
    {
        DynamicMethod method = new("Offsets", null, [typeof(object), typeof(int[])], typeof(RawObject).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        for (int i = 0; i < fields.Count; i++)
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg_0);
            if (type.IsValueType) il.Emit(OpCodes.Unbox, type);
            il.Emit(OpCodes.Ldflda, fields[i]);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldflda, typeof(RawObject).GetField(nameof(_first), BindingFlags.Instance | BindingFlags.NonPublic)!);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Conv_I4);
            il.Emit(OpCodes.Stelem_I4);
        }

        il.Emit(OpCodes.Ret);
        int[] offsets = new int[fields.Count];
        method.CreateDelegate<Action<object, int[]>>()(RuntimeHelpers.GetUninitializedObject(type), offsets);
        return offsets;
    }
}
