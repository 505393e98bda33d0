namespace Damon.Model.Workloads.Masim;

/// <summary>Makes a phase's draws and the access rules of its patterns.</summary>
internal sealed class PhaseRules
{
    private readonly ProgramPhase _phase;
    private readonly PhaseClock _clock;
    private readonly TimeWindow _window;
    private readonly long _rate;
    private readonly ulong _seed;
    private readonly List<int>?[] _draws;

    /// <summary>Draws.</summary>
    /// <param name="phase">The phase, with some weight.</param>
    /// <param name="clock">When it makes its accesses.</param>
    /// <param name="window">When it runs.</param>
    /// <param name="rate">Accesses per second.</param>
    /// <param name="seed">What the draws and random bytes follow from.</param>
    public PhaseRules(ProgramPhase phase, PhaseClock clock, TimeWindow window, long rate, ulong seed)
    {
        _phase = phase;
        _clock = clock;
        _window = window;
        _rate = rate;
        _seed = seed;
        _draws = new List<int>?[phase.Patterns.Length];
        if (phase.IsMixed) Draw();
    }

    /// <summary>The rules of a pattern: none without weight.</summary>
    /// <param name="index">The pattern's index.</param>
    /// <param name="firstPage">The first page of its region.</param>
    /// <param name="region">The region's size.</param>
    /// <param name="pageShift">log2 of the size of a page.</param>
    public IEnumerable<AccessRule> Of(int index, uint firstPage, Bytes region, int pageShift)
    {
        RegionPattern pattern = _phase.Patterns[index];
        if (pattern.Weight == 0) yield break;
        var accesses = new PatternAccesses(_clock, _draws[index]?.ToArray());
        PageSet pages = new(firstPage, (uint)region.ToPages(pageShift));
        ulong line = pattern.IsRandom ? AccessShare.CacheLine : Math.Min(pattern.Stride, AccessShare.CacheLine);
        var share = new AccessShare(
            (ulong)_rate, pattern.Weight, _phase.TotalWeight, line, Math.Max(1, (ulong)pages.Count << pageShift >> 12));
        if (!pattern.IsRandom)
        {
            yield return new WalkRule(pages, _window, accesses, region.Value, pattern.Stride, pageShift, share, pattern.WritePercent);
            yield break;
        }

        ulong seed = PoissonProcess.Mix(_seed ^ ((ulong)index << 32));
        uint whole = (uint)(region.Value >> pageShift);
        if (whole > 0) yield return OnPages(new PageSet(firstPage, whole), 1UL << pageShift);
        if (whole < pages.Count) yield return OnPages(new PageSet(firstPage + whole, 1), region.Value - ((ulong)whole << pageShift));

        RandomBytesRule OnPages(PageSet set, ulong bytesOfEach) =>
            new(set, _window, accesses, (double)bytesOfEach / region.Value, share, seed, pattern.WritePercent);
    }

    private void Draw()
    {
        for (int i = 0; i < _draws.Length; i++) _draws[i] = [];
        ulong total = _phase.TotalWeight;
        for (long instance = 0; instance < _clock.Instances; instance++)
        {
            for (long draw = 0; draw < _clock.Draws && _clock.IsSeen(instance, draw); draw++)
            {
                long number = (instance * _clock.Draws) + draw;
                _draws[Pick((ulong)((UInt128)PoissonProcess.Mix(_seed + (ulong)number) * total >> 64))]!.Add((int)number);
            }
        }
    }

    /// <summary>The pattern in whose share of the weights a point lies.</summary>
    private int Pick(ulong point)
    {
        int index = 0;
        while (point >= _phase.Patterns[index].Weight) point -= _phase.Patterns[index++].Weight;
        return index;
    }
}
