using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Damo;
using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining;

/// <summary>What is explained: kdamonds as the kernel gets them, and what is known of where they came from.</summary>
/// <param name="Machine">The machine that they run on.</param>
/// <param name="Kdamonds">The kdamonds, in the kernel's units.</param>
/// <param name="Document">The document that they were staged from, whose values are not cut yet; null: none.</param>
/// <param name="Notices">What was lost on the way from the words to the kernel, one sentence each.</param>
public sealed record Configuration(
    KnownMachine Machine, Sequence<StagedKdamond> Kdamonds, DamoDocument? Document, ImmutableArray<string> Notices)
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
        return new Configuration(machine, staged.Kdamonds, document, [.. notices.Concat(staged.Notices).Select(notice => notice.Message)]);
    }

    /// <summary>A host of a scenario, whose kdamonds are in the kernel's units already.</summary>
    /// <param name="host">The host.</param>
    /// <param name="notices">What was noticed when the scenario was read.</param>
    public static Configuration Of(HostSettings host, IEnumerable<string> notices)
    {
        SettingsReader reader = new(id => host.Memcgs.FirstOrDefault(memcg => memcg.Id == id)?.Path ?? $"/{id}");
        return new Configuration(KnownMachine.Of(host), host.Kdamonds.Select(reader.Read).ToSequence(), null, [.. notices]);
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
