using System.Collections.Immutable;
using System.Reflection;
using Damon.Actors.Runtime;

namespace Damon.Scenarios.Tests.Results.Columns;

/// <summary>
/// Records with any values in all that can be set of them, found by looking: what is added to a reading later is in the tests
/// without a word.
/// </summary>
internal sealed class AnyReading(ulong seed)
{
    private ulong _state = seed;

    public T Make<T>() => (T)Make(typeof(T))!;

    private object? Make(Type type)
    {
        if (type == typeof(bool)) return Next() % 2 == 0;
        if (type == typeof(ulong)) return Next() >> (int)(Next() % 64);
        if (type == typeof(uint)) return (uint)Next();
        if (type == typeof(int)) return (int)(Next() % 1000);
        if (type == typeof(double)) return BitConverter.UInt64BitsToDouble(Next()) is var real && double.IsFinite(real) ? real : 0.1;
        if (Nullable.GetUnderlyingType(type) is { } present) return Next() % 3 == 0 ? null : Make(present);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return MakeArray(type.GetGenericArguments()[0]);
        return MakeRecord(type);
    }

    private object MakeArray(Type item)
    {
        Array items = Array.CreateInstance(item, (int)(Next() % 4));
        for (int i = 0; i < items.Length; i++) items.SetValue(Make(item), i);
        MethodInfo create = typeof(ImmutableArray).GetMethods().Single(method =>
            method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsSZArray: true, Name: "items" }]);
        return create.MakeGenericMethod(item).Invoke(null, [items])!;
    }

    private object MakeRecord(Type type)
    {
        ConstructorInfo? constructor = type.GetConstructors()
            .Where(candidate => !candidate.GetParameters().Any(parameter => parameter.ParameterType == type)).MaxBy(candidate => candidate.GetParameters().Length);
        object made = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType))]);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null))
            property.SetValue(made, Next() % 4 == 0 && property.Name is "Costs" or "Pages" ? null : Make(property.PropertyType));
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public)) field.SetValue(made, Make(field.FieldType));
        return made;
    }

    private ulong Next() => Seeds.Mix(_state += 0x9e3779b97f4a7c15);
}
