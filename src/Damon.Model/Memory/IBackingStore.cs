namespace Damon.Model.Memory;

/// <summary>Where the contents of reclaimed folios are kept.</summary>
public interface IBackingStore
{
    /// <summary>Takes in a folio's contents.</summary>
    /// <param name="owner">The folio's page, in the host's numbering, or <see cref="NodeMemory.NoOwner"/>.</param>
    /// <param name="flags">What the folio is like.</param>
    /// <param name="pages">Its number of frames.</param>
    /// <returns>False when there is no room: the folio stays where it is.</returns>
    bool TryTake(uint owner, FolioFlags flags, int pages);
}
