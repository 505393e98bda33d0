namespace Damon.Model.Memory;

/// <content>
/// What snapshots hold of a table. Every folio knows whose page it has, or the first of whose pages, so a table need not say it once more: of a page that is in memory a
/// folded copy says only that it is, and the nodes tell where when the snapshot is loaded.
/// </content>
public sealed partial class PageTable
{
    // No frame: it would lie at 16 TiB less some pages.
    private const uint Folded = LowestNotFrame - 1;

    private uint[]? _folded;

    /// <summary>Begins a folded copy, in which every page is still where it is.</summary>
    public void BeginFolding() => _folded = (uint[])_pfns.Clone();

    /// <summary>Takes the place of a page out of the copy, or of a huge block by its first page, as its folio knows it.</summary>
    /// <returns>Whether the table says the same.</returns>
    public bool Fold(uint page, ulong pfn)
    {
        if (page >= (uint)_folded!.Length) return false;
        Span<uint> folio = _folded.AsSpan((int)page, PagesOfFolio(page));
        for (int i = 0; i < folio.Length; i++)
        {
            if (folio[i] != pfn + (uint)i) return false;
        }

        folio.Fill(Folded);
        return true;
    }

    /// <summary>Lets snapshots hold the whole table.</summary>
    public void KeepWhole() => _folded = _pfns;

    /// <summary>A folio tells whose page it has, or which is the first of its block, after a snapshot was loaded.</summary>
    public void Unfold(uint page, ulong pfn)
    {
        if (page >= (uint)_folded!.Length || _folded[page] != Folded) return;
        Span<uint> folio = _folded.AsSpan((int)page, PagesOfFolio(page));
        for (int i = 0; i < folio.Length; i++) folio[i] = (uint)pfn + (uint)i;
    }

    /// <summary>The snapshot is written, or all frames of a loaded one have told.</summary>
    /// <exception cref="InvalidOperationException">Pages are in memory, but no frame has told that it has them.</exception>
    public void EndFolding()
    {
        // Only in a table that was loaded the copy is all that there is.
        if (_pfns is null)
        {
            _pfns = _folded!;
            int lost = _pfns.AsSpan().Count(Folded);
            if (lost > 0) throw new InvalidOperationException($"{lost} pages are in memory, but in no frame.");
        }

        _folded = null;
    }

    private int PagesOfFolio(uint page) => _blocks is not null && _blocks.BeginsAt(page) ? (int)HugeBlocks.Pages : 1;
}
