namespace Damon.Model.Costs;

/// <summary>The frames of one node.</summary>
/// <param name="StartPfn">The first.</param>
/// <param name="Count">How many.</param>
public readonly record struct FrameRange(ulong StartPfn, ulong Count)
{
    /// <summary>Whether a frame is one of the node's.</summary>
    /// <param name="pfn">The frame.</param>
    public bool Contains(ulong pfn) => pfn - StartPfn < Count;
}
