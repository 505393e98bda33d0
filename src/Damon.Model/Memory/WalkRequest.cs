namespace Damon.Model.Memory;

/// <summary>A walk, folio by folio, over the part of a region that lies in one node.</summary>
/// <param name="StartByte">The first physical address; need not be aligned.</param>
/// <param name="EndByte">The end, exclusive; not beyond the node.</param>
/// <param name="Filters">Which folios the action is for.</param>
/// <param name="Action">What is done with them.</param>
/// <param name="LastFolioPfn">
/// The head frame that the scheme's former walk looked up last (<see cref="WalkResult.LastLookedUpPfn"/>), which is
/// skipped, or <see cref="NodeMemory.NoPfn"/>.
/// </param>
/// <param name="NowUs">The virtual time, in us.</param>
public readonly record struct WalkRequest(
    ulong StartByte, ulong EndByte, FolioFilterSet Filters, WalkAction Action, ulong LastFolioPfn, long NowUs);
