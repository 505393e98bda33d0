using System.Reflection;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Actors.Snapshots;

namespace Damon.Actors.Tests.Snapshots;

/// <summary>Whatever an actor may hold, its plan can be made: nothing is refused only when it occurs.</summary>
public sealed class StoredTypesTests
{
    private static readonly Type[] _own =
    [
        .. StoredTypes.Own.ToArray().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, Namespace: { } name }
                && !name.Contains("Verification", StringComparison.Ordinal) && !name.EndsWith("TestKit", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Everything_that_a_host_can_hold_can_be_stored()
    {
        HashSet<Type> met = [];
        Queue<Type> pending = new([typeof(SimulatedHost)]);
        while (pending.TryDequeue(out Type? type))
        {
            foreach (Type found in Concrete(type).Where(met.Add))
            {
                StoredTypes.PlanOf(found);
                Assert.Same(found, Named(found));
                foreach (Type next in References(found)) pending.Enqueue(next);
            }
        }

        Type[] actors = [.. _own.Where(type => type.IsAssignableTo(typeof(Actor)) && !type.FullName!.Contains("Benchmark", StringComparison.Ordinal))];
        Assert.All(actors, actor => Assert.Contains(actor, met));
        Assert.Contains(typeof(Mailbox<>).MakeGenericType(typeof(EventDue)), met);
        Assert.Contains(typeof(Damon.Model.Memory.PageTable), met);
        Assert.Contains(typeof(Damon.Model.Monitoring.Lfsr113), met);
    }

    /// <summary>The type that a reader finds by the name that was written.</summary>
    private static Type Named(Type type)
    {
        PayloadWriter writer = new();
        TypeTable.Write(writer, type);
        return TypeTable.Read(new PayloadReader(writer.Written.ToArray()));
    }

    /// <summary>What an object may be that a reference refers to.</summary>
    private static IEnumerable<Type> Concrete(Type type)
    {
        if (type.IsArray || type == typeof(string) || StoredTypes.IsCollection(type)) return [type];
        return _own.SelectMany(Instances).Where(candidate => candidate.IsAssignableTo(type));
    }

    /// <summary>Mailboxes and ports are made for every kind of message that some actor handles.</summary>
    private static IEnumerable<Type> Instances(Type type)
    {
        if (!type.IsGenericTypeDefinition) return [type];
        int parameters = type.GetGenericArguments().Length;
        return _own.SelectMany(actor => actor.GetInterfaces())
            .Where(handler => handler.IsGenericType && handler.Namespace == typeof(Actor).Namespace && handler.GetGenericArguments().Length == parameters)
            .Select(handler => handler.GetGenericArguments())
            .Where(arguments => !arguments.Any(argument => argument.IsGenericParameter))
            .Select(type.MakeGenericType)
            .Distinct();
    }

    private static IEnumerable<Type> References(Type type)
    {
        if (type == typeof(string)) return [];
        if (type.IsArray) return OfItem(type.GetElementType()!);
        return StoredTypes.IsCollection(type) ? type.GetGenericArguments().SelectMany(OfItem) : FieldLayout.Of(type).References;
    }

    private static IEnumerable<Type> OfItem(Type item)
    {
        if (StoredTypes.IsPlain(item)) return [];
        return item.IsValueType ? FieldLayout.Of(item).References : [item];
    }
}
