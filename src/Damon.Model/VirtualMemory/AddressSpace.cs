using Damon.Model.Memory;

namespace Damon.Model.VirtualMemory;

/// <summary>The address space of one process: its mappings and its page table (the kernel's mm).</summary>
public sealed partial class AddressSpace
{
    /// <summary>The address space of a process that has not started.</summary>
    /// <param name="nrPages">How many folio-granular virtual pages it has.</param>
    public AddressSpace(uint nrPages)
    {
        Pages = new PageTable(nrPages);
        Layout = VmaLayout.Empty;
    }

    /// <summary>The address space of a process that is alive.</summary>
    /// <param name="nrPages">How many folio-granular virtual pages it has.</param>
    /// <param name="layout">Its mappings at first.</param>
    public AddressSpace(uint nrPages, VmaLayout layout)
        : this(nrPages) => Start(layout);

    /// <summary>The page table.</summary>
    public PageTable Pages { get; }

    /// <summary>The mappings. Pages that a new layout leaves out must be freed by who sets it.</summary>
    public VmaLayout Layout { get; set; }

    /// <summary>Whether the process has started and not exited: only then DAMON gets hold of its address space (spec 14).</summary>
    public bool IsAlive { get; private set; }

    /// <summary>The process starts: for the first time, or anew after its exit, as in a slot that has one program after the other.</summary>
    /// <exception cref="InvalidOperationException">It is alive.</exception>
    public void Start(VmaLayout layout)
    {
        if (IsAlive) throw new InvalidOperationException("a process that is alive cannot start");
        (IsAlive, Layout) = (true, layout);
    }

    /// <summary>The process exits: nothing is mapped any more, and no advice holds.</summary>
    public void Exit()
    {
        IsAlive = false;
        Layout = VmaLayout.Empty;
        Advice.Keep(Layout);
    }

    /// <summary>Finds the folios at virtual addresses.</summary>
    /// <param name="addresses">The addresses, bytes; ascending ones are looked up fastest.</param>
    /// <param name="pfns">Takes their first frames; <see cref="NodeMemory.NoPfn"/>: no entry is present.</param>
    public void Translate(ReadOnlySpan<ulong> addresses, Span<ulong> pfns)
    {
        Vma vma = default;
        for (int i = 0; i < addresses.Length; i++)
        {
            if (!vma.Contains(addresses[i]))
            {
                int index = Layout.FirstEndingAfter(addresses[i]);
                vma = index < Layout.Vmas.Length ? Layout.Vmas[index] : default;
            }

            pfns[i] = vma.Contains(addresses[i]) ? Pages[vma.PageAt(addresses[i])] : NodeMemory.NoPfn;
        }
    }

    /// <summary>
    /// Walks over a range entry by entry: a small folio for each page, a huge one once, also when the range has only a part
    /// of it (spec 14).
    /// </summary>
    /// <param name="start">First address, bytes.</param>
    /// <param name="end">First address after the range, bytes.</param>
    /// <param name="folios">Takes what is present, in address order.</param>
    /// <returns>How many were found, and where to go on: the range's end, unless there was no more room.</returns>
    public (int Count, ulong Next) Walk(ulong start, ulong end, Span<MappedFolio> folios)
    {
        int count = 0;
        for (int i = Layout.FirstEndingAfter(start); i < Layout.Vmas.Length && Layout.Vmas[i].Start < end; i++)
        {
            Vma vma = Layout.Vmas[i];
            ulong stop = Math.Min(vma.End, end);
            ulong folioBytes = 1UL << vma.FolioShift;
            ulong next;
            for (ulong at = Math.Max(vma.Start, start); at < stop; at = next)
            {
                if (count == folios.Length) return (count, at);
                uint page = vma.PageAt(at);
                if (Pages.TryFindBlock(page, out uint first))
                {
                    folios[count++] = HugeFolio(vma, at, first, stop);
                    next = vma.AddressOf(first) + HugeBlocks.Bytes;
                    continue;
                }

                ulong offset = (at - vma.Start) & (folioBytes - 1);
                next = at - offset + folioBytes;
                ulong pfn = Pages[page];
                if (pfn == NodeMemory.NoPfn) continue;
                bool isWhole = offset == 0 && next <= stop;
                folios[count++] = new MappedFolio(at, pfn, vma.InterleaveIndex(at), (uint)folioBytes, isWhole);
            }
        }

        return (count, end);
    }
}
