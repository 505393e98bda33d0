using Damon.Model.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Monitoring;

/// <summary>Random targets whose regions are ordered, apart or touching, and aligned.</summary>
internal sealed record Layout(ulong MinRegionSize, Region[][] Regions)
{
    private static readonly Gen<ulong> RegionSizes = Gen.Elements(1UL, 16UL, 4096UL, 65536UL);

    public Target[] Targets() => [.. Regions.Select(regions => TargetOf(regions))];

    public static Target TargetOf(params ReadOnlySpan<Region> regions)
    {
        var target = new Target();
        foreach (ref readonly var region in regions) target.Regions.Add(region);
        return target;
    }

    public override string ToString() =>
        $"aligned to {MinRegionSize}: {string.Join(" | ", Regions.Select(regions => string.Join(' ', regions.Select(Text))))}";

    public static Arbitrary<Layout> Any { get; } = (
        from size in RegionSizes
        from count in Gen.Choose(0, 3)
        from targets in RegionsOf(size).ArrayOf(count)
        select new Layout(size, targets)).ToArbitrary();

    private static Gen<Region[]> RegionsOf(ulong minRegionSize) =>
        from count in Gen.Choose(0, 20)
        from drafts in Draft.ArrayOf(count)
        select Place(drafts, minRegionSize);

    private static Gen<(int Gap, int Size, uint Now, uint Last, uint Age)> Draft =>
        from gap in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 50)))
        from size in Gen.Frequency((3, Gen.Choose(1, 40)), (1, Gen.Choose(1, 100_000)))
        from now in Gen.Choose(0, 20)
        from last in Gen.Choose(0, 20)
        from age in Gen.Choose(0, 100)
        select (gap, size, (uint)now, (uint)last, (uint)age);

    private static Region[] Place((int Gap, int Size, uint Now, uint Last, uint Age)[] drafts, ulong minRegionSize)
    {
        ulong end = 0UL;
        return [.. drafts.Select(draft =>
        {
            ulong start = end + ((ulong)draft.Gap * minRegionSize);
            end = start + ((ulong)draft.Size * minRegionSize);
            return new Region(start, end) { NrAccesses = draft.Now, LastNrAccesses = draft.Last, Age = draft.Age };
        })];
    }

    private static string Text(Region region) =>
        $"{region.Start}-{region.End}:{region.NrAccesses}/{region.LastNrAccesses}@{region.Age}";
}
