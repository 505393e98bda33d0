using System.Collections.Immutable;
using Damon.Damo;
using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Staging;
using Damon.Model;
using Damon.Model.Kdamonds;

namespace Damon.Scenarios.Explaining;

/// <summary>What is explained: kdamonds as the kernel gets them, and what is known of where they came from.</summary>
/// <param name="Machine">The machine that they run on.</param>
/// <param name="Kdamonds">The kdamonds, in the kernel's units.</param>
/// <param name="Document">The document that they were staged from, whose values are not cut yet; null: none.</param>
/// <param name="Notices">What was lost on the way from the words to the kernel.</param>
public sealed record Configuration(
    KnownMachine Machine, Sequence<StagedKdamond> Kdamonds, DamoDocument? Document, ImmutableArray<Notice> Notices)
{
    /// <summary>A damo command.</summary>
    /// <param name="invocation">The command, read for the same machine.</param>
    /// <param name="machine">The machine.</param>
    /// <exception cref="DamoException">A value cannot be handed to any kernel.</exception>
    public static Configuration Of(DamoInvocation invocation, KnownMachine machine) =>
        Of(invocation.Document, invocation.Notices, machine);

    /// <summary>A document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="notices">What its reader noticed.</param>
    /// <param name="machine">The machine.</param>
    /// <exception cref="DamoException">A value cannot be handed to any kernel.</exception>
    public static Configuration Of(DamoDocument document, IEnumerable<Notice> notices, KnownMachine machine)
    {
        StagingResult staged = Stager.Stage(document);
        return new Configuration(machine, staged.Kdamonds, document, [.. notices, .. staged.Notices]);
    }

    /// <summary>Kdamonds of a scenario that are in the kernel's units already.</summary>
    /// <param name="kdamonds">The kdamonds.</param>
    /// <param name="pathOf">The path of a cgroup.</param>
    /// <param name="machine">The machine.</param>
    public static Configuration Of(IEnumerable<KdamondSettings> kdamonds, Func<MemcgId, string> pathOf, KnownMachine machine)
    {
        SettingsReader reader = new(pathOf);
        return new Configuration(machine, kdamonds.Select(reader.Read).ToSequence(), null, []);
    }

    /// <summary>All contexts, in order.</summary>
    public IEnumerable<ConfiguredContext> Contexts
    {
        get
        {
            for (int i = 0; i < Kdamonds.Count; i++)
            {
                for (int j = 0; j < Kdamonds[i].Contexts.Count; j++)
                    yield return new ConfiguredContext(this, new Place(i, j), Kdamonds[i].Contexts[j]);
            }
        }
    }

    /// <summary>All schemes, in order.</summary>
    public IEnumerable<ConfiguredScheme> Schemes => Contexts.SelectMany(context => context.Schemes);
}
