using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.Kdamonds;

/// <summary>A scheme that does what a test wants and logs what it is asked.</summary>
internal sealed class FakeAgent(int index, List<string> log) : ISchemeAgent
{
    public WatermarkLook Look { get; set; } = new(0, true);

    /// <summary>What it makes of a region; null: nothing, and it has room for more.</summary>
    public Func<RegionOffer, RegionVerdict>? Verdict { get; set; }

    /// <summary>Where it cuts at the begin of a pass.</summary>
    public Func<SchemePass, RegionCut[]>? Begin { get; set; }

    public List<RegionOffer> Offers { get; } = [];

    public WatermarkLook LookAtWatermarks()
    {
        log.Add($"look {index}");
        return Look;
    }

    public PassBegun BeginPass(in SchemePass pass)
    {
        log.Add($"begin {index}");
        return new PassBegun(Begin?.Invoke(pass) ?? [], HasRoom: true);
    }

    public RegionVerdict Consider(in RegionOffer offer)
    {
        Offers.Add(offer);
        return Verdict?.Invoke(offer) ?? new RegionVerdict(default, Acted: false, HasRoom: true);
    }

    public void ForgetTarget(int targetIndex) => log.Add($"forget {index}");

    public void RenumberTargets(ReadOnlyMemory<int> places) => log.Add($"renumber {index}");

    public void EndPass() => log.Add($"end {index}");

    public void Commit(SchemeSettings settings) => log.Add($"commit {index}");

    public void Remove() => log.Add($"remove {index}");
}
