using System.Collections.Immutable;

namespace Damon.Model.Workloads.Masim;

/// <summary>
/// masim, the access simulator of DAMON's developers: phases run in order, each for its time; in a phase a pattern is drawn with
/// chance weight / sum of weights, makes <see cref="AccessesPerDraw"/> accesses, then the next one is drawn. The regions lie one behind
/// the other, each from a page border on.
/// </summary>
/// <param name="Size">The memory, not less than the pages of all regions; what is behind them is idle.</param>
/// <param name="Regions">Sizes of the regions, each at least 1 byte.</param>
/// <param name="Phases">The phases, of a year at most in all.</param>
/// <param name="Rate">Accesses per second, 1..<see cref="MostRate"/>: masim itself goes as fast as memory lets it.</param>
/// <param name="HorizonUs">When the run ends, us of virtual time: what would be drawn later nobody sees.</param>
/// <param name="Seed">What the draws and random bytes follow from.</param>
public sealed record MasimProgram(
    Bytes Size, ImmutableArray<Bytes> Regions, ImmutableArray<ProgramPhase> Phases, long Rate, long HorizonUs, ulong Seed)
    : Workload(Size)
{
    /// <summary>Accesses that are made with a pattern before the next one is drawn.</summary>
    public const long AccessesPerDraw = PhaseClock.AccessesPerDraw;

    /// <summary>Draws that can be remembered, of phases that have more than one pattern to draw.</summary>
    public const int MostDraws = 1 << 24;

    /// <summary>The highest speed: with it the accesses of a year can still be counted.</summary>
    public const long MostRate = 100_000_000_000;

    /// <summary>When the program starts, us of virtual time: the first phase begins then.</summary>
    public long StartUs { get; init; }

    /// <summary>Whether it begins anew after the last phase, else it exits then.</summary>
    public bool Repeats { get; init; }

    /// <inheritdoc/>
    public override long? ExitUs => Repeats && RoundUs > 0 ? null : StartUs + RoundUs;

    /// <summary>How many draws the run would have to remember.</summary>
    public Int128 RememberedDraws
    {
        get
        {
            long left = Math.Max(0, HorizonUs - StartUs);
            long seen = PhaseClock.DrawsIn((left / 1000) + 1, Rate);
            Int128 rounds = Repeats && RoundUs > 0 ? (left / RoundUs) + 1 : 1;
            return Phases.Where(phase => phase.IsMixed).Aggregate((Int128)0, (sum, phase) => sum + (rounds * Math.Min(DrawsOf(phase), seen)));
        }
    }

    private long RoundUs => Phases.Sum(LengthUs);

    /// <summary>The pages that hold all regions.</summary>
    /// <param name="regions">The regions' sizes.</param>
    /// <param name="pageShift">log2 of the size of a page.</param>
    public static ulong PagesOf(ImmutableArray<Bytes> regions, int pageShift) =>
        regions.Aggregate(0UL, (sum, region) => checked(sum + region.ToPages(pageShift)));

    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PagesOf(Regions, pageShift), pages, nameof(Regions));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RememberedDraws, MostDraws);
        uint[] firstPages = new uint[Regions.Length];
        for (int i = 1; i < Regions.Length; i++) firstPages[i] = firstPages[i - 1] + (uint)Regions[i - 1].ToPages(pageShift);

        long round = Repeats ? RoundUs : 0;
        long start = StartUs;
        for (int i = 0; i < Phases.Length && start < HorizonUs; i++)
        {
            ProgramPhase phase = Phases[i];
            long length = LengthUs(phase);
            if (phase.TotalWeight > 0 && length > 0)
            {
                var clock = new PhaseClock(start, round, DrawsOf(phase), Rate, HorizonUs);
                var rules = new PhaseRules(phase, clock, new TimeWindow(start, start + length, round), Rate, PoissonProcess.Mix(Seed + (ulong)i));
                for (int pattern = 0; pattern < phase.Patterns.Length; pattern++)
                {
                    int region = phase.Patterns[pattern].Region;
                    foreach (AccessRule rule in rules.Of(pattern, firstPages[region], Regions[region], pageShift)) yield return rule;
                }
            }
            start += length;
        }
    }

    private long DrawsOf(ProgramPhase phase) => PhaseClock.DrawsIn(phase.Milliseconds, Rate);

    private long LengthUs(ProgramPhase phase) =>
        phase.TotalWeight == 0 ? phase.Milliseconds * 1000 : PhaseClock.LengthUs(DrawsOf(phase), Rate);
}
