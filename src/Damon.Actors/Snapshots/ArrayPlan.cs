using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Damon.Actors.Snapshots;

/// <summary>An array.</summary>
internal sealed class ArrayPlan : ObjectPlan
{
    private readonly Type _array;
    private readonly Type _element;
    private readonly int _stride;
    private readonly bool _isPlain;
    private readonly FieldLayout? _fields;

    public ArrayPlan(Type array)
    {
        (_array, _element) = (array, array.GetElementType()!);
        _stride = _element.IsValueType ? RuntimeHelpers.SizeOf(_element.TypeHandle) : 0;
        _isPlain = StoredTypes.IsPlain(_element);
        if (_element.IsValueType && !_isPlain) _fields = FieldLayout.Of(_element);
    }

    public override void WriteBirth(ObjectWriter to, object born) => to.Payload.WriteNumber((ulong)((Array)born).Length);

    public override object Create(ObjectReader from) => Array.CreateInstanceFromArrayType(_array, from.Payload.ReadCount());

    public override void WriteContent(ObjectWriter to, object content)
    {
        Array array = (Array)content;
        if (_isPlain)
        {
            ColumnCoding.Write(to.Payload, Memory(array), _stride);
        }
        else if (_fields is not null)
        {
            for (int i = 0; i < array.Length; i++) _fields.Write(to, array.GetValue(i)!);
        }
        else
        {
            foreach (object? item in (object?[])array) to.WriteReference(item);
        }
    }

    public override void ReadContent(ObjectReader from, object content)
    {
        Array array = (Array)content;
        if (_isPlain)
        {
            ColumnCoding.Read(from.Payload, Memory(array), _stride);
        }
        else if (_fields is not null)
        {
            for (int i = 0; i < array.Length; i++)
            {
                object item = RawObject.New(_element);
                _fields.Read(from, item);
                array.SetValue(item, i);
            }
        }
        else
        {
            object?[] items = (object?[])array;
            for (int i = 0; i < items.Length; i++) items[i] = from.ReadReference(_element);
        }
    }

    private Span<byte> Memory(Array array) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), checked(array.Length * _stride));
}
