using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Model;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Snapshots;

/// <summary>
/// The collections' plans by the shape of their code. Code for each number and struct is its own, and who compiles ahead of time has to
/// see it made; all references share the code of <see cref="object"/>.
/// </summary>
internal static class CompiledPlans
{
    private static readonly HashSet<Shape> _made =
    [
        .. new ObjectPlan[]
        {
            new ListPlan<object>(), new ListPlan<uint>(), new ListPlan<MemcgId>(), new ListPlan<NodeEntry>(), new ListPlan<RegionSample>(),
            new ListPlan<TriedRegion>(), new ListPlan<Event>(), new ListPlan<(uint, uint)>(), new ListPlan<(uint, ulong)>(),
            new ListPlan<(ulong, ulong)>(), new ListPlan<(ulong, ulong, ulong)>(), new ListPlan<(ulong, ulong, HugePageAdvice)>(),
            new ListPlan<(string, ActorRef)>(), new ListPlan<(string, ScheduledMessage)>(),
            new StackPlan<object>(), new StackPlan<int>(), new StackPlan<Region>(),
            new QueuePlan<object>(),
            new HashSetPlan<uint>(), new HashSetPlan<MemcgId>(),
            new SortedSetPlan<int>(),
            new SortedListPlan<int, object>(), new SortedListPlan<int, HugePageCounts>(), new SortedListPlan<uint, object>(),
            new DictionaryPlan<object, object>(), new DictionaryPlan<object, int>(), new DictionaryPlan<long, object>(),
            new DictionaryPlan<MemcgId, object>(), new DictionaryPlan<MemcgId, int>(),
            new OrderedDictionaryPlan<object, object>(),
            new ImmutableDictionaryPlan<Damon.Model.Schemes.SchemeAction, object>(),
            new BufferPlan<int>(), new BufferPlan<ulong>(),
        }.Select(plan => Shape.Of(plan.GetType())),
    ];

    /// <summary>Whether the code of a plan is there.</summary>
    /// <param name="definition">The plan's generic type.</param>
    /// <param name="arguments">What the collection holds.</param>
    public static bool Contains(Type definition, Type[] arguments) => _made.Contains(Shape.Of(definition, arguments));

    private readonly record struct Shape(Type Plan, Type First, Type? Second)
    {
        public static Shape Of(Type plan) => Of(plan.GetGenericTypeDefinition(), plan.GetGenericArguments());

        public static Shape Of(Type plan, Type[] arguments) => new(plan, Code(arguments[0]), arguments.Length > 1 ? Code(arguments[1]) : null);

        private static Type Code(Type argument) => argument.IsValueType ? argument : typeof(object);
    }
}
