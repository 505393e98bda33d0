namespace Damon.Model.Memory;

/// <summary>What a walk did.</summary>
/// <param name="PassedBytes">Bytes of the folios that passed the filters.</param>
/// <param name="AppliedBytes">
/// Bytes of the folios that were (de)activated; 0 for the other actions, whose effect is known only after the
/// gathered folios were reclaimed or migrated.
/// </param>
/// <param name="LastLookedUpPfn">
/// The head frame that the walk's very last look-up returned, or <see cref="NodeMemory.NoPfn"/> when it found none there.
/// </param>
/// <param name="NextByte">
/// Where the walk stepped past its end. This is beyond <see cref="WalkRequest.EndByte"/> when the last folio ends
/// behind the region's end: a walk over a border of nodes goes on from here.
/// </param>
public readonly record struct WalkResult(ulong PassedBytes, ulong AppliedBytes, ulong LastLookedUpPfn, ulong NextByte);
