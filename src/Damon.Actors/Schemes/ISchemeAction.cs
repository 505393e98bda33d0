using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Schemes;

/// <summary>How a scheme has its action done in one address space.</summary>
public interface ISchemeAction
{
    /// <summary>Does the action on a region.</summary>
    /// <param name="region">The region, core address units.</param>
    /// <param name="target">Its target, to be read only.</param>
    /// <param name="passesFilters">Whether a core filter allowed it, so that the operations filters are not asked.</param>
    /// <param name="nowUs">Virtual time, us.</param>
    ActionOutcome Apply(in Region region, Target target, bool passesFilters, long nowUs);

    /// <summary>The pass is over.</summary>
    void EndPass();

    /// <summary>The scheme has new parameters.</summary>
    void Commit(SchemeSettings settings);
}
