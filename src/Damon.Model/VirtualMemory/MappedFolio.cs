namespace Damon.Model.VirtualMemory;

/// <summary>A present page-table entry that a walk over an address space meets, and the folio that it maps.</summary>
/// <param name="Address">Where the walk meets it: its virtual address, or the walk's begin when that lies inside.</param>
/// <param name="Pfn">The folio's first frame.</param>
/// <param name="InterleaveIndex">See <see cref="Vma.InterleaveIndex(ulong)"/>.</param>
/// <param name="Bytes">The folio's size.</param>
/// <param name="IsWhole">Whether all of the folio lies in the walked range.</param>
public readonly record struct MappedFolio(ulong Address, ulong Pfn, ulong InterleaveIndex, uint Bytes, bool IsWhole);
