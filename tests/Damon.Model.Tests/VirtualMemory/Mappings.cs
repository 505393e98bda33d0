using Damon.Model.VirtualMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.VirtualMemory;

/// <summary>Random address spaces: mappings of small and huge folios, apart or touching, with any page offsets.</summary>
internal static class Mappings
{
    private const int HugeShift = 21;

    public static Arbitrary<VmaLayout> Any { get; } = Layouts(folioUnit: 1).ToArbitrary();

    /// <summary>Mappings whose numbers of folios are multiples of a number.</summary>
    public static Gen<VmaLayout> Layouts(int folioUnit) =>
        from count in Gen.Choose(0, 12)
        from drafts in Draft.ArrayOf(count)
        select Place(drafts, (uint)folioUnit);

    private static Gen<(int Gap, int Size, bool Huge, int PageOffset)> Draft =>
        from gap in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 40)), (1, Gen.Choose(1, 1_000_000)))
        from size in Gen.Choose(1, 30)
        from huge in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from pageOffset in Gen.Choose(0, int.MaxValue)
        select (gap, size, huge, pageOffset);

    private static VmaLayout Place((int Gap, int Size, bool Huge, int PageOffset)[] drafts, uint folioUnit)
    {
        ulong end = 0x5555_0000_0000;
        uint page = 0;
        return new VmaLayout([.. drafts.Select(draft =>
        {
            ulong start = end + ((ulong)draft.Gap << Vma.BasePageShift);
            if (draft.Huge) start = (start + (1UL << HugeShift) - 1) & ~((1UL << HugeShift) - 1);
            int order = draft.Huge ? Vma.HugeOrder : 0;
            end = start + ((ulong)draft.Size * folioUnit << (Vma.BasePageShift + order));
            Vma vma = new(start, end, (ulong)draft.PageOffset, page, order);
            page += (uint)vma.PageCount;
            return vma;
        })]);
    }

    public static uint PagesOf(VmaLayout layout) =>
        layout.Vmas.IsEmpty ? 1 : layout.Vmas[^1].FirstPage + (uint)layout.Vmas[^1].PageCount;
}
