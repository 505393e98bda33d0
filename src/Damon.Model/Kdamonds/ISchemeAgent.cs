using Damon.Model.Schemes;

namespace Damon.Model.Kdamonds;

/// <summary>A scheme as its kdamond sees it.</summary>
public interface ISchemeAgent
{
    /// <summary>The scheme looks at its watermarks.</summary>
    WatermarkLook LookAtWatermarks();

    /// <summary>The scheme adjusts its quota at the begin of a pass.</summary>
    PassBegun BeginPass(in SchemePass pass);

    /// <summary>The scheme looks at one region.</summary>
    RegionVerdict Consider(in RegionOffer offer);

    /// <summary>A target can no longer be monitored: the scheme forgets having stopped there.</summary>
    void ForgetTarget(int targetIndex);

    /// <summary>Targets were removed or have moved.</summary>
    /// <param name="places">By former index: the present one, or -1 when the target is gone.</param>
    void RenumberTargets(ReadOnlyMemory<int> places);

    /// <summary>The pass is over.</summary>
    void EndPass();

    /// <summary>The scheme takes new parameters.</summary>
    void Commit(SchemeSettings settings);

    /// <summary>The scheme is removed.</summary>
    void Remove();
}

/// <summary>What a scheme's watermarks say.</summary>
/// <param name="WaitUs">How long the scheme wants to wait for the next look, us.</param>
/// <param name="IsActivated">Whether it is active.</param>
public readonly record struct WatermarkLook(ulong WaitUs, bool IsActivated);
